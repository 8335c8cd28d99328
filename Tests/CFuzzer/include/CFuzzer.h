#pragma once
#include <stddef.h>
#include <stdint.h>

/// The entry point of libFuzzer for programs that have a `main` of their own
/// (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library).
int LLVMFuzzerRunDriver(
    int *count, char ***arguments, int (*one)(const uint8_t *bytes, size_t size));
