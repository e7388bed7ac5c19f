// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/compression/decodable.h"

namespace transform {
namespace {

constexpr DecodableOperand kLayer[] = {{1}, {2, true}};
constexpr DecodableOperand kTransposeConv[] = {{1}, {3, true}};
constexpr DecodableOperand kProduct[] = {{0}, {1}};
constexpr DecodableOperand kTable[] = {{1}};
constexpr DecodableOperand kSvdf[] = {{1, false, true}, {2}, {3, true}};
constexpr DecodableOperand kLstm[] = {{1, false, true}, {2, false, true}, {3, false, true},
                                      {4, false, true}, {5, false, true}, {6, false, true},
                                      {7, false, true}, {8, false, true}, {12, true, true},
                                      {13, true, true}, {14, true, true}, {15, true, true}};

}  // namespace

std::span<const DecodableOperand> decodableOperands(types::OpKind kind) {
    using enum types::OpKind;
    switch (kind) {
        case CONV_2D:
        case DEPTHWISE_CONV_2D:
        case FULLY_CONNECTED:
            return kLayer;
        case TRANSPOSE_CONV:
            return kTransposeConv;
        case BATCH_MATMUL:
            return kProduct;
        case EMBEDDING_LOOKUP:
        case PRELU:
            return kTable;
        case SVDF:
            return kSvdf;
        case UNIDIRECTIONAL_SEQUENCE_LSTM:
            return kLstm;
        default:
            return {};
    }
}

}  // namespace transform
