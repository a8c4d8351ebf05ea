package sysprep

import (
	"errors"
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// WMI speaks COM alone. The few calls that two questions need are made through
// the tables of the interfaces; methods are numbered as wbemcli.h lists them.
//
// Source: learn.microsoft.com/windows/win32/api/wbemcli.

// comObject is a COM object as C lays it out.
type comObject struct{ methods *[64]uintptr }

// Numbers of methods.
const (
	comRelease         = 2
	locatorConnect     = 3
	servicesExecQuery  = 20
	servicesExecMethod = 24
	enumNext           = 4
	objectGet          = 4
)

var (
	locatorClass     = windows.GUID{Data1: 0x4590f811, Data2: 0x1d3a, Data3: 0x11d0, Data4: [8]byte{0x89, 0x1f, 0x00, 0xaa, 0x00, 0x4b, 0x2e, 0x24}}
	locatorInterface = windows.GUID{Data1: 0xdc12a687, Data2: 0x737f, Data3: 0x11cf, Data4: [8]byte{0x88, 0x4d, 0x00, 0xaa, 0x00, 0x4b, 0x2e, 0x24}}
)

var (
	ole32    = windows.NewLazySystemDLL("ole32.dll")
	oleaut32 = windows.NewLazySystemDLL("oleaut32.dll")

	coCreateInstance  = ole32.NewProc("CoCreateInstance")
	coSetProxyBlanket = ole32.NewProc("CoSetProxyBlanket")
	coUninitialize    = ole32.NewProc("CoUninitialize")
	sysAllocString    = oleaut32.NewProc("SysAllocString")
	sysFreeString     = oleaut32.NewProc("SysFreeString")
	variantClear      = oleaut32.NewProc("VariantClear")
)

// call calls a method. What the arguments point to must not move meanwhile.
//
//go:uintptrescapes
func (o *comObject) call(method int, args ...uintptr) error {
	all := append([]uintptr{uintptr(unsafe.Pointer(o))}, args...)
	r, _, _ := syscall.SyscallN(o.methods[method], all...)
	return comError(r)
}

func (o *comObject) release() { _ = o.call(comRelease) }

func comError(r uintptr) error {
	if int32(r) >= 0 {
		return nil
	}
	return fmt.Errorf("WMI gives 0x%08X", uint32(r))
}

// bstr makes a string for COM, which the caller frees.
func bstr(text string) (uintptr, error) {
	p, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return 0, err
	}
	r, _, _ := sysAllocString.Call(uintptr(unsafe.Pointer(p)))
	if r == 0 {
		return 0, windows.ERROR_OUTOFMEMORY
	}
	return r, nil
}

// variant is VARIANT, large enough for both sizes of pointers.
type variant struct {
	kind uint16
	_    [3]uint16
	data [2]uint64
}

// Kinds of a variant that properties of these classes have.
const (
	variantI2   = 2
	variantI4   = 3
	variantText = 8
	variantBool = 11
	variantUI1  = 17
)

func (v *variant) value() any {
	switch v.kind {
	case variantI2:
		return int64(int16(v.data[0]))
	case variantI4:
		return int64(int32(v.data[0]))
	case variantUI1:
		return int64(uint8(v.data[0]))
	case variantBool:
		return int16(v.data[0]) != 0
	case variantText:
		return windows.UTF16PtrToString(*(**uint16)(unsafe.Pointer(&v.data[0])))
	}
	return nil
}

// inNamespace opens a namespace on a thread of its own, since COM belongs to
// threads, and closes it behind the question.
func inNamespace(namespace string, ask func(*comObject) error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		done <- inCOM(func() error {
			services, err := connect(namespace)
			if err != nil {
				return err
			}
			defer services.release()
			return ask(services)
		})
	}()
	if err := <-done; err != nil {
		return fmt.Errorf("cannot ask WMI in %s: %w", namespace, err)
	}
	return nil
}

func inCOM(do func() error) error {
	err := windows.CoInitializeEx(0, windows.COINIT_MULTITHREADED)
	if err != nil && !errors.Is(err, syscall.Errno(windows.S_FALSE)) {
		return fmt.Errorf("cannot start COM: %w", err)
	}
	defer coUninitialize.Call()
	return do()
}

// connect opens a namespace of this computer, and waits two minutes at most
// for a service that does not answer.
func connect(namespace string) (*comObject, error) {
	const inProcess, maxWait = 1, 0x80
	var locator, services *comObject
	r, _, _ := coCreateInstance.Call(uintptr(unsafe.Pointer(&locatorClass)), 0, inProcess,
		uintptr(unsafe.Pointer(&locatorInterface)), uintptr(unsafe.Pointer(&locator)))
	if err := comError(r); err != nil {
		return nil, err
	}
	defer locator.release()
	name, err := bstr(namespace)
	if err != nil {
		return nil, err
	}
	defer sysFreeString.Call(name)
	if err := locator.call(locatorConnect, name, 0, 0, 0, maxWait, 0, 0, uintptr(unsafe.Pointer(&services))); err != nil {
		return nil, err
	}
	services.encrypt()
	return services, nil
}

// encrypt lets the service act as us and encrypts what is sent, without which
// BitLocker's namespace gives nothing. Where the object is no proxy there is
// nothing to set.
func (o *comObject) encrypt() {
	const winNT, noAuthorization, packetPrivacy, impersonate = 10, 0, 6, 3
	_, _, _ = coSetProxyBlanket.Call(uintptr(unsafe.Pointer(o)), winNT, noAuthorization, 0, packetPrivacy, impersonate, 0, 0)
}

// queryTime is how long a row may take, in milliseconds.
const queryTime = 30_000

func (native) Query(namespace, query string, properties ...string) (rows []Row, err error) {
	err = inNamespace(namespace, func(services *comObject) error {
		language, err1 := bstr("WQL")
		text, err2 := bstr(query)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		defer sysFreeString.Call(language)
		defer sysFreeString.Call(text)
		const forwardOnly, returnImmediately = 0x20, 0x10
		var all *comObject
		if err := services.call(servicesExecQuery, language, text, forwardOnly|returnImmediately, 0, uintptr(unsafe.Pointer(&all))); err != nil {
			return err
		}
		defer all.release()
		all.encrypt()
		for {
			row, err := all.next(properties)
			if row == nil || err != nil {
				return err
			}
			rows = append(rows, row)
		}
	})
	return rows, err
}

// next gives the next row, nil behind the last.
func (o *comObject) next(properties []string) (Row, error) {
	var object *comObject
	var count uint32
	err := o.call(enumNext, queryTime, 1, uintptr(unsafe.Pointer(&object)), uintptr(unsafe.Pointer(&count)))
	if err != nil || count == 0 || object == nil {
		return nil, err
	}
	defer object.release()
	return object.row(properties), nil
}

func (native) Invoke(namespace, path, method string, results ...string) (row Row, err error) {
	err = inNamespace(namespace, func(services *comObject) error {
		object, err1 := bstr(path)
		name, err2 := bstr(method)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		defer sysFreeString.Call(object)
		defer sysFreeString.Call(name)
		var out *comObject
		if err := services.call(servicesExecMethod, object, name, 0, 0, 0, uintptr(unsafe.Pointer(&out)), 0); err != nil {
			return err
		}
		if out == nil {
			return fmt.Errorf("%s gives no result", method)
		}
		defer out.release()
		row = out.row(results)
		return nil
	})
	return row, err
}

// row reads the named properties; one that is absent or null is left out.
func (o *comObject) row(names []string) Row {
	row := Row{}
	for _, name := range names {
		p, err := windows.UTF16PtrFromString(name)
		if err != nil {
			continue
		}
		var v variant
		if o.call(objectGet, uintptr(unsafe.Pointer(p)), 0, uintptr(unsafe.Pointer(&v)), 0, 0) != nil {
			continue
		}
		if value := v.value(); value != nil {
			row[name] = value
		}
		_, _, _ = variantClear.Call(uintptr(unsafe.Pointer(&v)))
	}
	return row
}
