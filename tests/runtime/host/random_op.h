// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Graphs of one operator with random shapes, options, quantization and data, drawn from rapidcheck.
// Ordinary cases are most frequent; zero points at both ends, biases of any size and scales that
// saturate are in all of them now and then.

#include "types/graph.h"

namespace test {

types::Graph randomConvolution(types::DataType type);
types::Graph randomTransposed(types::DataType type);
types::Graph randomDepthwise(types::DataType type);
/// Of int8 with the same stride along both axes, 1 or 2.
types::Graph randomDepthwise3x3();
types::Graph randomFullyConnected(types::DataType type);
types::Graph randomBinary(types::OpKind kind, types::DataType type);
types::Graph randomPool(types::OpKind kind, types::DataType type);
types::Graph randomMean(types::OpKind kind, types::DataType type);
types::Graph randomPad(types::DataType type);
types::Graph randomSoftmax(types::DataType type);
/// Of int8; SVDF with a state of int8 or int16.
types::Graph randomLstm();
types::Graph randomSvdf(types::DataType state);
/// QUANTIZE or DEQUANTIZE between these types.
types::Graph randomConversion(types::OpKind kind, types::DataType from, types::DataType to);

}  // namespace test
