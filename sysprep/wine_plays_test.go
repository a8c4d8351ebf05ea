package sysprep_test

import "testing"

// play is one run at the boundary of the process.
type play struct {
	name  string
	scene string   // played before the run
	text  string   // played as sysprep.exe
	args  []string // for reseal run, behind the usual ones
	class string   // of the exit code
	tells []string // must be in what it prints
	check func(*testing.T, *wine)
}

// The lines of the log follow the shapes of real logs; neither the writer of
// the rehearsal nor the reader of the engine has part in them.
const (
	// scene is a machine on which nothing has happened.
	scene = `
string SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State | ImageState | IMAGE_STATE_COMPLETE
number SYSTEM\Setup\Status\SysprepStatus | GeneralizationState | 7
number SYSTEM\Setup\Status\SysprepStatus | CleanupState | 2
number SYSTEM\Setup | SetupType | 0
string SYSTEM\Setup | CmdLine | -
string SOFTWARE\Microsoft\Windows NT\CurrentVersion | CurrentBuildNumber | 26100
string SOFTWARE\Microsoft\Windows NT\CurrentVersion | InstallationType | Client
string SOFTWARE\Microsoft\Windows NT\CurrentVersion | EditionID | Professional
nokey SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending
untag
`
	// pending is servicing that waits for a restart.
	pending = `
string SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending | made by | a test
`
	opening = `
log {now}, Info                  SYSPRP ========================================================
log {now}, Info                  SYSPRP ===          Beginning of a new sysprep run          ===
log {now}, Info                  SYSPRP ========================================================
log {now}, Info       [0x0f004d] SYSPRP The time is now {now}
log {now}, Info       [0x0f004e] SYSPRP Initialized SysPrep log at C:\Windows\System32\Sysprep\Panther
log {now}, Info       [0x0f0054] SYSPRP ValidatePrivileges:User has required privileges to sysprep machine
`
	closing = `
log {now}, Info       [0x0f0052] SYSPRP Shutting down SysPrep log
log {now}, Info       [0x0f004d] SYSPRP The time is now {now}
`
	generalizing = `
string SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State | ImageState | IMAGE_STATE_UNDEPLOYABLE
number SYSTEM\Setup\Status\SysprepStatus | GeneralizationState | 3
log {now}, Info                  SYSPRP SysprepSession::Execute: Beginning action execution from C:\Windows\System32\Sysprep\ActionFiles\Generalize.xml
`
	resealed = `
string SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State | ImageState | IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE
number SYSTEM\Setup\Status\SysprepStatus | GeneralizationState | 4
number SYSTEM\Setup | SetupType | 2
string SYSTEM\Setup | CmdLine | oobe\windeploy.exe
`
	tagged = `
tag
log {now}, Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag
`
	appsRefused = `
log {now}, Error                 SYSPRP Package Contoso.Notes_1.2.3.4_x64__8wekyb3d8bbwe was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.
log {now}, Error                 SYSPRP Failed to remove apps for the current user: 0x80073cf2.
log {now}, Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\Windows\System32\AppxSysprep.dll; dwRet = 0x3cf2
log {now}, Error                 SYSPRP SysprepSession::Validate: Error in validating actions from C:\Windows\System32\Sysprep\ActionFiles\Generalize.xml; dwRet = 0x3cf2
log {now}, Error      [0x0f0070] SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x3cf2
log {now}, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2
`
	bootRefused = `
log {now}, Error                 SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'Sysprep_Generalize_Bcd' from C:\Windows\System32\spbcd.dll; dwRet = 0x2
log {now}, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x80070002
`
	good = opening + generalizing + resealed + tagged + closing
)

func plays() []play {
	return []play{
		{
			name: "success", scene: scene, class: "ok",
			text: "tell\ncache\n" + opening + "sleep 300ms\n" + generalizing + "sleep 300ms\n" + resealed + tagged + closing,
			tells: []string{`"imageState": "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"`, `"windows": "11-24h2"`, `"architecture": "amd64"`, `"verdict": "ok"`,
				"s  generalize\n"},
			check: seesOnlyWhatItNeeds,
		},
		{
			name: "from a profile", scene: scene, args: []string{profile}, class: "ok",
			text: "cache\n" + good, tells: []string{"Sysprep succeeded and left IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE; then: quit."},
			check: readsTheProfile,
		},
		{
			name: "from a path with blanks, which sysprep.exe cannot take", scene: scene, args: []string{spacedPath}, class: "ok",
			text: "tell\ncache\n" + good, check: seesOnlyWhatItNeeds,
		},
		{
			name: "a secret of a profile in the log", scene: scene, args: []string{profile}, class: "spoiled",
			text:  opening + generalizing + "log {now}, Error                 SYSPRP the logon with " + secretText + " failed; dwRet = 0x2\n" + bootRefused + closing,
			tells: []string{"spbcd.dll"},
		},
		{
			name: "failed validation with exit code 0", scene: scene, class: "unchanged",
			text:  opening + appsRefused + closing + "exit 0\n",
			tells: []string{"0x80073CF2", "Contoso.Notes", `"imageState": "IMAGE_STATE_COMPLETE"`, `"remedy": "`},
		},
		{
			name: "failed provider leaves UNDEPLOYABLE", scene: scene, class: "spoiled",
			text:  opening + generalizing + bootRefused + closing + "exit 0\n",
			tells: []string{"spbcd.dll", `"imageState": "IMAGE_STATE_UNDEPLOYABLE"`},
		},
		{
			name: "hang before it begins", scene: scene, args: []string{"--timeout", "3s"}, class: "unchanged",
			text: opening + "sleep 60s\n", tells: []string{"not done after 3s", "was ended"}, check: nothingRuns,
		},
		{
			name: "hang half-way is left alone", scene: scene, args: []string{"--timeout", "5s"}, class: "spoiled",
			text: opening + generalizing + "wait\n", tells: []string{"not done after 5s", "left alone"}, check: somethingRuns,
		},
		{
			name: "crash", scene: scene, class: "unchanged",
			text: opening + "crash\n", tells: []string{"0xC0000005"},
		},
		{
			name: "crash half-way", scene: scene, class: "spoiled",
			text: opening + generalizing + "crash\n", tells: []string{"0xC0000005", "IMAGE_STATE_UNDEPLOYABLE"},
		},
		{
			name: "stale tag", scene: scene + "tag\n", class: "ok",
			text: opening + generalizing + resealed + closing, tells: []string{"this run has not made"},
		},
		{
			name: "two runs in one log", scene: scene + opening + appsRefused + closing, class: "ok", text: good,
		},
		{
			name: "a log that the run clears", scene: scene + opening + appsRefused + closing, class: "ok", text: "clear\n" + good,
		},
		{
			name: "no log", scene: scene, class: "spoiled",
			text: resealed + "tag\n", tells: []string{"no closing lines"},
		},
		{
			name: "a log in UTF-16", scene: scene, class: "ok", text: "wide\n" + good,
		},
		{
			name: "a failure in UTF-16 behind an old run", scene: scene + "wide\n" + opening + closing, class: "unchanged",
			text: opening + appsRefused + closing, tells: []string{"0x80073CF2"},
		},
		{
			name: "bytes of no encoding in the log", scene: scene, class: "spoiled",
			text:  opening + "log {now}, Info                  SYSPRP caf\xe9 \xff\xfe\x00\n" + generalizing + bootRefused + closing,
			tells: []string{"spbcd.dll"},
		},
		{
			name: "nothing at all", scene: scene, class: "unchanged",
			text: "exit 0\n", tells: []string{"changed nothing"},
		},
		{
			name: "the process leaves before its work is done", scene: scene, args: []string{"--timeout", "60s"}, class: "ok",
			text: opening + generalizing + "leave\nsleep 1s\n" + resealed + tagged + closing,
		},
		{
			name: "the answer file goes when Windows has its copy", scene: scene, class: "ok",
			text: opening + "cache\ngone\n" + generalizing + resealed + tagged + closing,
		},
		{
			name: "a secret in the log", scene: scene, class: "spoiled",
			text:  opening + generalizing + "log {now}, Error                 SYSPRP net user x " + secretText + " /add failed; dwRet = 0x2\n" + bootRefused + closing,
			tells: []string{"spbcd.dll"},
		},
		{
			name: "pending servicing", scene: scene + pending, class: "unchanged",
			text: good, tells: []string{"(servicing)"}, check: wasNotStarted,
		},
		{
			name: "a check that is set aside", scene: scene + pending, args: []string{"--skip-check", "servicing", "--reason", "asked for by the test"},
			class: "ok", text: good, tells: []string{"asked for by the test"},
		},
	}
}
