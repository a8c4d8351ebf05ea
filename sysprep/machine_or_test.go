package sysprep

import (
	"reflect"
	"testing"
)

func TestOrTakesTheBetterKnownFact(t *testing.T) {
	a := &Machine{Windows: GivenAs("10-22h2"), BitLocker: byDefault("off"), Rearms: Fact[int]{}}
	b := &Machine{Windows: GivenAs("11-24h2"), BitLocker: GivenAs("on"), Rearms: byDefault(3), Domain: byDefault("")}
	got := a.Or(b)
	if got.Windows.Value != "10-22h2" || got.BitLocker != GivenAs("on") || got.Rearms.Value != 3 || got.Domain.Origin != Default {
		t.Errorf("%+v", got)
	}
	if a.BitLocker.Origin != Default || b.Windows.Value != "11-24h2" {
		t.Error("neither source may change")
	}
	if got.Elevated.Known() {
		t.Error("what nobody knows stays unknown")
	}
}

func TestOrKnowsEveryFactOfAMachine(t *testing.T) {
	fresh := FreshMachine("11-24h2", "amd64")
	if got := new(Machine).Or(fresh); !reflect.DeepEqual(got, fresh) {
		t.Errorf("got %+v", got)
	}
}
