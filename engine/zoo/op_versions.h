// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operator version that a reader must support to run a layer; converters write the lowest one
// that covers the layer's types. Source: TFLite's table of operator versions (int8 arrived with
// version 2 for most operators, 3 for convolutions, 4 for fully connected).

#include "types/data_type.h"
#include "types/op_kind.h"

namespace zoo {

inline int32_t opVersion(types::OpKind kind, types::DataType type) {
    if (type == types::DataType::Float32) return 1;
    switch (kind) {
        case types::OpKind::CONV_2D:
        case types::OpKind::DEPTHWISE_CONV_2D:
            return 3;
        case types::OpKind::FULLY_CONNECTED:
            return 4;
        case types::OpKind::RESHAPE:
        case types::OpKind::SQUEEZE:
        case types::OpKind::HARD_SWISH:
            return 1;
        default:
            return 2;
    }
}

}  // namespace zoo
