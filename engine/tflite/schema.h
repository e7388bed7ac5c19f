// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The container's tables, with one correction: several writers align vectors of 64-bit numbers
// (zero points, attributes) to 4 bytes only, so their elements are copied, never referred to.

#include <flatbuffers/flatbuffers.h>

#include <cstring>

namespace flatbuffers {

template <>
struct IndirectHelper<int64_t> {
    using return_type = int64_t;
    using mutable_return_type = int64_t;
    static const size_t element_stride = sizeof(int64_t);
    static int64_t Read(const uint8_t* elements, uoffset_t index) {
        int64_t value;
        std::memcpy(&value, elements + index * sizeof value, sizeof value);
        return EndianScalar(value);
    }
};

}  // namespace flatbuffers

#include "schema_generated.h"
