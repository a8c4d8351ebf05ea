package schema

import "testing"

func TestPresenceInARelease(t *testing.T) {
	for _, tc := range []struct {
		component, path, release string
		want                     Presence
	}{
		{shellSetup, "Themes/UWPAppsUseLightTheme", "10-1511", NotYet},
		{shellSetup, "Themes/UWPAppsUseLightTheme", "10-1607", Present},
		{shellSetup, "Themes/UWPAppsUseLightTheme", "server-2016", Present},
		{shellSetup, "Themes/UWPAppsUseLightTheme", "server-2012r2", NotYet},
		{shellSetup, "Themes/ScreenSaver", "10-1703", Present},
		{shellSetup, "Themes/ScreenSaver", "10-1709", Gone},
		{shellSetup, "Themes/ScreenSaver", "", Gone},
		{setup, "WindowsDeploymentServices/Login", "10-22h2", Present},
		{setup, "WindowsDeploymentServices/Login", "11-21h2", Gone},
		{setup, "WindowsDeploymentServices/Login", "server-2025", Gone},
		{setup, "WindowsDeploymentServices/Login", "", Present},
		{shellSetup, "ConfigureChatAutoInstall", "", Present},
		{shellSetup, "ConfigureChatAutoInstall", "10-22h2", NotYet},
		{shellSetup, "TimeZone", "7", Present},
	} {
		if got := settingOf(t, tc.component, tc.path).In(FindRelease(tc.release)); got != tc.want {
			t.Errorf("%s in %q: got %d, want %d", tc.path, tc.release, got, tc.want)
		}
	}
}

func TestPresenceOfAComponent(t *testing.T) {
	for _, tc := range []struct {
		component, release string
		want               Presence
	}{
		{"Microsoft-Windows-MobilePC-Sensors-API", "10-22h2", Present},
		{"Microsoft-Windows-MobilePC-Sensors-API", "11-24h2", Gone},
		{"Microsoft-Windows-MobilePC-Sensors-API", "", Present},
		{"Microsoft-Windows-Sensors-Core", "10-22h2", NotYet},
		{"Microsoft-Windows-Sensors-Core", "11-24h2", Present},
		{"Microsoft-Windows-Security-Licensing-SLC", "", Gone},
		{"Microsoft-Windows-Security-Licensing-SLC", "7", Present},
	} {
		if got := FindComponent(tc.component).In(FindRelease(tc.release)); got != tc.want {
			t.Errorf("%s in %q: got %d, want %d", tc.component, tc.release, got, tc.want)
		}
	}
}

func TestDeprecatedFor(t *testing.T) {
	for _, tc := range []struct {
		component, path, release string
		want                     bool
	}{
		{shellSetup, "OOBE/NetworkLocation", "8.1", false},
		{shellSetup, "OOBE/NetworkLocation", "10-1507", true},
		{shellSetup, "OOBE/NetworkLocation", "", true},
		{shellSetup, "StartTiles", "10-22h2", false},
		{shellSetup, "StartTiles", "11-23h2", true},
		{shellSetup, "StartTiles", "", false},
		{shellSetup, "OOBE/SkipMachineOOBE", "7", true},
		{shellSetup, "OOBE/SkipMachineOOBE", "", true},
		{shellSetup, "TimeZone", "11-24h2", false},
		{shellSetup, "Themes/ScreenSaver", "11-24h2", false}, // gone, not deprecated
	} {
		if got := settingOf(t, tc.component, tc.path).DeprecatedFor(FindRelease(tc.release)); got != tc.want {
			t.Errorf("%s in %q: got %v", tc.path, tc.release, got)
		}
	}
	help := FindComponent("Microsoft-Windows-HelpAndSupport")
	if help.DeprecatedFor(FindRelease("8.1")) || !help.DeprecatedFor(FindRelease("10-1507")) || !help.DeprecatedFor(nil) {
		t.Error("HelpAndSupport is deprecated since Windows 10")
	}
}

// Every setting of every file is asked.
func BenchmarkPresence(b *testing.B) {
	target := FindRelease("11-24h2")
	old, gone := settingOf(b, shellSetup, "TimeZone"), settingOf(b, shellSetup, "Themes/ScreenSaver")
	b.ReportAllocs()
	for b.Loop() {
		if old.In(target) != Present || gone.In(target) != Gone {
			b.Fatal("wrong")
		}
	}
}

func TestPresenceNeedsNoMemory(t *testing.T) {
	target, s := FindRelease("11-24h2"), settingOf(t, shellSetup, "Themes/ScreenSaver")
	if n := testing.AllocsPerRun(10, func() { s.In(target) }); n != 0 {
		t.Errorf("%v allocations a call", n)
	}
}
