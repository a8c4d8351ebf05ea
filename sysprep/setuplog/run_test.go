package setuplog

import "strings"

// Pieces of logs, written for these tests in the shapes of several builds.
const (
	header = "2026-03-04 05:06:07, Info                  SYSPRP ========================================================\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP ===          Beginning of a new sysprep run          ===\r\n" +
		"2026-03-04 05:06:07, Info                  SYSPRP ========================================================\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f004d] SYSPRP The time is now 2026-03-04 05:06:07\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f004e] SYSPRP Initialized SysPrep log at C:\\Windows\\System32\\Sysprep\\Panther\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f0054] SYSPRP ValidatePrivileges:User has required privileges to sysprep machine\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f005f] SYSPRP ParseCommands:Found supported command line option 'GENERALIZE'\r\n" +
		"2026-03-04 05:06:07, Info       [0x0f005f] SYSPRP ParseCommands:Found supported command line option 'OOBE'\r\n"
	worked = "2026-03-04 05:06:08, Info                  SYSPRP WinMain:Processing 'generalize' internal provider request.\r\n" +
		"2026-03-04 05:06:08, Info                  SYSPRP SysprepSession::Execute: Beginning action execution from C:\\Windows\\System32\\Sysprep\\ActionFiles\\Generalize.xml\r\n" +
		"2026-03-04 05:06:08, Info                  SYSPRP ActionPlatform::LaunchModule: Executing method 'Sysprep_Generalize_Opk' from C:\\Windows\\System32\\spopk.dll\r\n" +
		"2026-03-04 05:06:09, Info                  SYSPRP ActionPlatform::LaunchModule: Successfully executed 'Sysprep_Generalize_Opk' from C:\\Windows\\System32\\spopk.dll without error\r\n" +
		"2026-03-04 05:06:09, Info                  SYSPRP FCreateTagFile:Successfully created tag file C:\\Windows\\System32\\Sysprep\\Sysprep_succeeded.tag\r\n"
	closing = "2026-03-04 05:06:10, Info       [0x0f0052] SYSPRP Shutting down SysPrep log\r\n" +
		"2026-03-04 05:06:10, Info       [0x0f004d] SYSPRP The time is now 2026-03-04 05:06:10\r\n"
	halted = "2026-03-04 05:06:09, Error      [0x0f0070] SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x2\r\n" +
		"2026-03-04 05:06:09, Error      [0x0f00a8] SYSPRP WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x80070002\r\n"
)

// at is the number of the line that holds a text, counted from 1.
func at(log, text string) int {
	before, _, ok := strings.Cut(log, text)
	if !ok {
		return -1
	}
	return strings.Count(before, "\n") + 1
}
