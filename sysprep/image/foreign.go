package image

// foreignKinds are files that people take for an image file, by bytes that
// they have at a certain place, and what to do with them. A file may begin
// like a disk and be an ISO file, which stands first.
var foreignKinds = [...]struct {
	at         int64
	bytes, say string
}{
	{0, "regf", ", but a hive of the registry; name the folder that holds Windows"},
	{0, "vhdxfile", ", but a VHDX disk" + mountIt},
	{0, "conectix", ", but a VHD disk" + mountIt},
	{0, "QFI\xfb", ", but a QCOW2 disk" + mountIt},
	{0, "KDMV", ", but a VMDK disk" + mountIt},
	{32769, "CD001", ", but an ISO file; mount it, and name the install.wim or install.esd in its folder sources"},
	{510, "\x55\xaa", ", but a disk or partition as it stands" + mountIt},
}

const mountIt = "; mount it read-only, and name the folder"

// kind tells what a file is that is no image file.
func (w *wimReader) kind() string {
	for _, k := range foreignKinds {
		if w.size < k.at+int64(len(k.bytes)) {
			continue
		}
		if found, err := w.bytes(k.at, int64(len(k.bytes)), "its beginning"); err == nil && string(found) == k.bytes {
			return k.say
		}
	}
	return ": it does not begin with MSWIM, as .wim and .esd files do; mount a virtual disk or an ISO file, and name the folder"
}
