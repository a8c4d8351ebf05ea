package sysprep

import (
	"strings"

	"github.com/reseal/reseal/schema"
)

// Where the life of an image goes on.
const (
	toAuditSystem = "auditSystem"
	toAuditUser   = "auditUser"
	toOOBESystem  = "oobeSystem"
	toOOBE        = "oobe"   // OOBE itself, the oobeSystem pass behind it
	toWindow      = "window" // audit mode with the Sysprep window
)

// How a pass ends.
const (
	goesOn    = ""
	restarts  = "restart"
	shutsDown = "shutdown"
)

// resealing is what a Reseal or Generalize setting makes of a pass.
type resealing struct {
	others bool   // the other settings of the pass are applied
	next   string // where it goes on
	end    string // goesOn, restarts or shutsDown
	loop   bool   // documented as an unsupported loop of restarts
}

// resealSetting is a Reseal or Generalize container as a pass finds it.
type resealSetting struct {
	present  bool
	mode     string // "Audit" or "OOBE" with the default filled in; "" = the window of auditUser
	shutdown bool
}

// resealOf reads Microsoft-Windows-Deployment/Reseal of a pass with the
// defaults of that pass.
func (a answers) resealOf(pass schema.Pass) resealSetting {
	return a.readReseal(pass, "Reseal", map[schema.Pass]string{schema.AuditSystem: "Audit", schema.OobeSystem: "OOBE"}[pass])
}

// generalizeOf reads Microsoft-Windows-Deployment/Generalize, which only
// auditUser has.
func (a answers) generalizeOf() resealSetting {
	return a.readReseal(schema.AuditUser, "Generalize", "OOBE")
}

func (a answers) readReseal(pass schema.Pass, name, mode string) resealSetting {
	if a.find(pass, deploymentComponent, name) == nil {
		return resealSetting{}
	}
	switch text := a.text(pass, deploymentComponent, name+"/Mode"); {
	case strings.EqualFold(text, "audit"):
		mode = "Audit"
	case strings.EqualFold(text, "oobe"):
		mode = "OOBE"
	}
	return resealSetting{present: true, mode: mode, shutdown: a.isTrue(pass, deploymentComponent, name+"/ForceShutdownNow")}
}

// resealed follows a Reseal setting. last is true from Windows 10 on, where
// the setting is treated behind all others of its pass.
//
// Source: microsoft-windows-deployment-reseal and the pages below it.
func resealed(pass schema.Pass, r resealSetting, last bool) resealing {
	out := resealing{others: true, end: goesOn}
	if r.shutdown {
		out.end = shutsDown
	}
	switch pass {
	case schema.AuditSystem:
		if r.mode == "OOBE" {
			out.others, out.next = last, toOOBESystem
			return out
		}
		out.next, out.loop = toAuditUser, r.shutdown && !last
	case schema.AuditUser:
		if r.mode == "" {
			return resealing{others: true, next: toWindow}
		}
		out.next = map[string]string{"Audit": toAuditSystem, "OOBE": toOOBESystem}[r.mode]
		if !r.shutdown {
			out.end = restarts
		}
	case schema.OobeSystem:
		if r.mode == "Audit" {
			out.others, out.next = last, toAuditSystem
			return out
		}
		out.next, out.loop = toOOBE, r.shutdown && !last
	}
	return out
}

// generalized follows a Generalize setting of auditUser: the generalize pass
// runs behind all other settings, and Reseal in the same pass is ignored.
//
// Source: microsoft-windows-deployment-generalize and the pages below it.
func generalized(r resealSetting) resealing {
	out := resealing{others: true, next: toOOBESystem, end: restarts}
	if r.mode == "Audit" {
		out.next = toAuditSystem
	}
	if r.shutdown {
		out.end = shutsDown
	}
	return out
}
