package sysprep

// checks is the table of pre-checks. What only field reports or inference
// support warns. One entry is above its grade, and says why.
var checks = [...]Check{
	{
		ID: "elevated", Title: "The caller is an administrator with an elevated token",
		Phase: PhaseVerify, Level: Block, Grade: Documented, Source: docProcess,
		Remedy: "Start Reseal from an elevated prompt.",
		judge:  isElevated,
	},
	{
		ID: "not-system", Title: "The caller is not the SYSTEM account",
		Phase: PhaseVerify, Level: Block, Grade: Documented,
		Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-as-system-windows-11",
		Remedy: "Run as an administrator; a scheduled task or service must name an account other than SYSTEM. Under SYSTEM the image can end in a black screen.",
		judge:  isNotSystem,
	},
	{
		ID: "program-path", Title: "sysprep.exe is the one of the running Windows",
		Phase: PhaseVerify, Level: Block, Grade: Documented, Source: docOverview,
		Remedy: `Start sysprep.exe from %WINDIR%\System32\Sysprep; a 32-bit program reaches it as %WINDIR%\Sysnative\Sysprep.`,
		judge:  isOwnProgram,
	},
	{
		ID: "version", Title: "Windows is the release that the answer file is for, so that sysprep.exe and Windows have one version",
		Phase: PhaseVerify, Level: Block, Grade: Documented, Source: docOverview,
		Remedy: "Build the answer file for the release of the machine, or run it on a machine of its target.",
		judge:  isTargetRelease,
	},
	{
		ID: "instance", Title: "No other sysprep.exe is running, and its window is closed",
		Phase: PhaseVerify, Level: Block, Grade: Documented, Source: docProcess,
		Remedy: "Close the Sysprep window, which audit mode opens at every logon, or wait for the other run.",
		judge:  isAlone,
	},
	{
		ID: "state", Title: "No earlier generalize was left half-way",
		Phase: PhaseVerify, Level: Block, Grade: SeenInLog, Source: seenInLogs,
		Remedy: "Restore the snapshot from before that run, or rebuild the image; there is no way back.",
		judge:  isNotHalfway, trace: trace{id: "[0x0f0073]", code: 0x8007001f, says: saysHalfway},
	},
	{
		ID: "image-state", Title: "The image is in a state that Sysprep is meant for",
		Phase: PhaseVerify, Level: Warn, Grade: Inferred, Source: docStates,
		Remedy: "Let the setup or the run that is under way finish, or rebuild the image when nothing runs.",
		judge:  isSaneState,
	},
	{
		ID: "pending-renames", Title: "No file waits for the next restart to be renamed",
		Phase: PhaseVerify, Level: Warn, Grade: SeenInLog, Source: seenInLogs,
		Remedy: "Restart before running Sysprep.",
		judge:  hasNoRenames,
	},
	{
		ID: "domain", Title: "The machine belongs to a workgroup",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docOverview,
		Remedy: "Leave the domain first; whether Sysprep only works in a workgroup or leaves the domain by itself is documented both ways.",
		judge:  isInWorkgroup,
	},
	{
		ID: "edition", Title: "Windows has the edition that the answer file is for",
		Phase: PhaseVerify, Level: Warn, Grade: Inferred, Source: docUnattend,
		Remedy:  "Set target.edition to the edition of the machine; settings of another edition are ignored.",
		applies: targetsEdition, judge: isTargetEdition,
	},
	{
		ID: "architecture", Title: "The answer file has components for the architecture of Windows",
		Phase: PhaseVerify, Level: Warn, Grade: Documented,
		Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/windows-not-parse-process-unattend-answer-file",
		Remedy: "Set target.architecture to that of the machine.",
		judge:  hasItsArchitecture,
	},
	{
		ID: "server-roles", Title: "Every installed server role supports Sysprep",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docBase + "sysprep-support-for-server-roles",
		Remedy: "Install and configure the role after deployment.", applies: generalizes,
		judge: hasFitRoles,
	},
	{
		ID: "copy-profile", Title: "CopyProfile finds only the built-in Administrator's profile, and no domain account",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docBase + "customize-the-default-user-profile-by-using-copyprofile",
		Remedy: "Delete the other accounts with their profiles before the run.", applies: copiesProfile,
		judge: hasOneProfile,
	},
	{
		ID: "upgrade", Title: "Before Windows 10 1607, Windows was installed and is no upgrade of an earlier one",
		Phase: PhaseVerify, Level: Block, Grade: Documented, Source: docOverview,
		Remedy: "Build the image from a clean installation; from Windows 10 1607 on an upgraded one will do.", applies: generalizesOldRelease,
		judge: isCleanInstall,
	},
	{
		ID: "old-windows", Title: "No folders of an earlier setup are left",
		Phase: PhaseVerify, Level: Warn, Grade: SeenInLog, Source: seenInLogs,
		Remedy: "Remove Windows.old and the folders of Setup with the disk cleanup before the run.",
		judge:  hasNoLeftovers,
	},
	{
		ID: "free-space", Title: "At least 10 GiB of the system volume are free",
		Phase: PhaseVerify, Level: Warn, Grade: Reported, Source: fieldReports,
		Remedy: "Free some space; too little shows only in the middle of a run.",
		judge:  hasRoom,
	},
	{
		ID: "encrypted-files", Title: "No files are encrypted with EFS",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docOverview, applies: generalizes,
		Remedy: "Decrypt or move the files: generalize makes them unreadable for good.",
		judge:  hasNoEncryptedFiles,
	},
	{
		ID: "virtual-machine", Title: "/mode:vm runs inside a virtual machine",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docCommand, applies: runsVM,
		Remedy: "Leave vm: true out; it is for a disk that goes back to the same hypervisor.",
		judge:  isVirtual,
	},
	{
		ID: "answer-media", Title: "No other answer file serves a pass, or could from a drive",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docBase + "windows-setup-automation-overview",
		Remedy: "Remove the other file, or take its drive out.",
		judge:  hasNoOpenPass,
	},
	{
		ID: "leftover-answers", Title: "No answer file with secrets lies where Windows searches",
		Phase: PhaseVerify, Level: Warn, Grade: Documented, Source: docBase + "windows-setup-automation-overview",
		Remedy: "Delete the file: a password in it is readable in every copy of the image, in its hidden form too.",
		judge:  hasNoSecretsLying,
	},
	{
		ID: "servicing", Title: "No component servicing is pending",
		Phase: PhaseActions, Level: Block, Grade: SeenInLog, Source: "https://github.com/GoogleCloudPlatform/compute-image-windows/issues/156",
		Remedy: "Restart, let the updates finish, and run again.",
		judge:  hasNoServicing, trace: trace{stage: "cleanup", module: `C:\Windows\System32\spopk.dll`, method: "Sysprep_Clean_Validate_Opk", code: 0x800736b7, says: saysServicing},
	},
	{
		ID: "trusted-installer", Title: "The service TrustedInstaller can start",
		Phase: PhaseActions, Level: Block, Grade: SeenInLog, Source: "https://github.com/GoogleCloudPlatform/compute-image-windows/issues/156",
		Remedy: "Set TrustedInstaller to manual start.",
		judge:  canStart("TrustedInstaller"), trace: trace{stage: "cleanup", module: `C:\Windows\System32\spopk.dll`, method: "Sysprep_Clean_Validate_Opk", code: 0x80080005, says: saysTrustedInstaller},
	},
	{
		ID: "reserved-storage", Title: "Reserved storage is not in use",
		Phase: PhaseActions, Level: Block, Grade: Documented,
		Source: "https://learn.microsoft.com/troubleshoot/mem/configmgr/os-deployment/windows-11-image-capture-fail",
		Remedy: "Finish the updates, restart, run Dism /Online /Cleanup-Image /StartComponentCleanup, then try again.", applies: hasReservedStorage,
		judge: isReserveIdle, trace: trace{stage: "cleanup", module: `C:\Windows\System32\spopk.dll`, method: "Sysprep_Clean_Validate_Opk", code: 0x800f0975, says: saysReserve},
	},
	{
		ID: "appx", Title: "Every Store app of a user is provisioned for all users, in the same version",
		Phase: PhaseActions, Level: Block, Grade: Documented, Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-fails-remove-or-update-store-apps",
		Remedy: "Remove the package for every user with Remove-AppxPackage, or provision it; keep Store updates off until the run.", applies: generalizesAppX,
		judge: hasNoUserApps, trace: trace{stage: "generalize", module: `C:\Windows\System32\AppxSysprep.dll`, method: "SysprepGeneralizeValidate", code: 0x80073cf2, says: saysAppX},
	},
	{
		// Above its grade: the code of these reports, 0x422, is Windows' own for
		// a disabled service, and logs show that any code of this validator
		// ends the run.
		ID: "appx-service", Title: "The AppX Deployment Service can start",
		Phase: PhaseActions, Level: Block, Grade: Reported, Source: fieldReports + " of error 0x422",
		Remedy: "Set AppXSvc to manual start.", applies: generalizesAppX,
		judge: canStart("AppXSvc"), trace: trace{stage: "generalize", module: `C:\Windows\System32\AppxSysprep.dll`, method: "SysprepGeneralizeValidate", code: 0x80070422},
	},
	{
		ID: "bitlocker", Title: "The system volume is fully decrypted",
		Phase: PhaseActions, Level: Block, Grade: SeenInLog, Source: "https://github.com/antifob/incus-windows/issues/30",
		Remedy: "Run manage-bde -off C: and wait until it is fully decrypted; suspending the protection is not enough.", applies: generalizes,
		judge: isDecrypted, trace: trace{stage: "generalize", module: `C:\Windows\System32\BdeSysprep.dll`, method: "ValidateBitLockerState", code: 0x80310039, says: saysBitLocker},
	},
	{
		ID: "rearms", Title: "The licence state can be reset once more, or SkipRearm leaves it alone",
		Phase: PhaseActions, Level: Block, Grade: Documented, Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/error-occurs-when-running-sysprep-generalize",
		Remedy: "Set SkipRearm to 1 in the generalize pass of Microsoft-Windows-Security-SPP, or start from a new image.", applies: generalizes,
		judge: hasRearm, trace: trace{stage: "generalize", execute: true, module: `C:\Windows\System32\slc.dll`, method: "SLReArmWindows", code: 0xc004d307},
	},
	{
		ID: "services", Title: "The services that providers stop and start are not disabled",
		Phase: PhaseActions, Level: Warn, Grade: Reported, Source: fieldReports,
		Remedy: "Set the services back to manual start before the run.", applies: generalizes,
		judge: canStart("wuauserv", "sppsvc", "dmwappushservice"),
	},
	{
		ID: "defender-endpoint", Title: "The machine is not onboarded to Microsoft Defender for Endpoint",
		Phase: PhaseActions, Level: Warn, Grade: SeenInLog, Source: "https://github.com/actions/runner-images/issues/9659", applies: generalizes,
		Remedy: "Offboard the image, or onboard the machines after deployment: tamper protection can keep the provider from its key.",
		judge:  isNotOnboarded,
	},
	{
		ID: "store-updates", Title: "The Store does not update apps by itself",
		Phase: PhaseActions, Level: Warn, Grade: Documented, Source: "https://learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-fails-remove-or-update-store-apps", applies: generalizesAppX,
		Remedy: "Turn automatic updates of the Store off by policy, or stay offline, until the image is sealed: an app that a user has newer than everybody stops the run.",
		judge:  keepsStoreQuiet,
	},
	{
		ID: "external-providers", Title: "The libraries of all registered providers are there",
		Phase: PhaseActions, Level: Warn, Grade: Inferred, Source: docProviders,
		Remedy: "Repair the software that registered the provider, or remove its value below SysPrepExternal.",
		judge:  hasItsProviders,
	},
	{
		ID: "command-length", Title: "Every command that a pass of this run starts has at most 259 characters",
		Phase: PhaseActions, Level: Block, Grade: Documented, Source: docUnattend + "microsoft-windows-deployment-runsynchronous-runsynchronouscommand-path",
		Remedy: "Put the command into a script and call that.",
		judge:  hasShortCommands,
	},
}
