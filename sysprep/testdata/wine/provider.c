/* A Sysprep provider as other makers write them, for the tests of registering.
 *
 * x86_64-w64-mingw32-gcc -shared -o provider.dll provider.c
 */
#include <windows.h>

__declspec(dllexport) DWORD WINAPI Seal(void) { return ERROR_SUCCESS; }
