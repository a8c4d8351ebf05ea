package sysprep

import "reflect"

// Or is what two sources tell of one machine: of each fact the one that is
// better known, of equals that of m.
func (m *Machine) Or(other *Machine) *Machine {
	out := *m
	to, from := reflect.ValueOf(&out).Elem(), reflect.ValueOf(other).Elem()
	for i := range to.NumField() {
		if originOf(from.Field(i)) > originOf(to.Field(i)) {
			to.Field(i).Set(from.Field(i))
		}
	}
	return &out
}

// originOf reads the origin of a Fact of any type.
func originOf(fact reflect.Value) Origin { return fact.FieldByName("Origin").Interface().(Origin) }
