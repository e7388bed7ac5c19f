// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/cut_tensor.h"

#include <gtest/gtest.h>

#include <numeric>

namespace {

using transform::Cut;
using types::Bytes;
using types::DataType;
using types::Shape;
using types::Tensor;

Tensor tensorOf(DataType type, Shape shape) {
    Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    return tensor;
}

std::vector<uint8_t> bytesOf(const Bytes& bytes) {
    return {bytes.view().begin(), bytes.view().end()};
}

TEST(CutTensor, KeepsElementsInOrderOnSeveralAxes) {
    std::vector<uint8_t> data(2 * 3 * 4);
    std::iota(data.begin(), data.end(), uint8_t{0});
    const Tensor tensor = tensorOf(DataType::Int8, {2, 3, 4});
    const Cut cut = {{1}, {0, 2}, {0, 1, 3}};
    EXPECT_EQ(transform::cutTensor(tensor, cut).shape, (Shape{1, 2, 3}));
    EXPECT_EQ(bytesOf(transform::cutData(tensor, Bytes(data), cut)),
              (std::vector<uint8_t>{12, 13, 15, 20, 21, 23}));
}

TEST(CutTensor, MovesWholeElements) {
    const Tensor tensor = tensorOf(DataType::Int16, {3});
    EXPECT_EQ(bytesOf(transform::cutData(tensor, Bytes({1, 2, 3, 4, 5, 6}), {{0, 2}})),
              (std::vector<uint8_t>{1, 2, 5, 6}));
}

TEST(CutTensor, PacksFourBitElementsAnew) {
    // Codes 1 2 3 | 4 5 6, two a byte, the first in the low half.
    const Bytes packed({0x21, 0x43, 0x65});
    const Tensor tensor = tensorOf(DataType::Int4, {2, 3});
    EXPECT_EQ(bytesOf(transform::cutData(tensor, packed, {{0, 1}, {0, 2}})),
              (std::vector<uint8_t>{0x31, 0x64}));
    EXPECT_EQ(bytesOf(transform::cutData(tensor, packed, {{1}, {0, 1, 2}})),
              (std::vector<uint8_t>{0x54, 0x06}));
}

TEST(CutTensor, CutsScalesOfTheQuantizedAxisOnly) {
    Tensor tensor = tensorOf(DataType::Int8, {3, 2});
    tensor.quantization.scale = {1, 2, 3};
    tensor.quantization.zeroPoint = {10, 20, 30};
    const Tensor rows = transform::cutTensor(tensor, {{0, 2}, {0, 1}});
    EXPECT_EQ(rows.quantization.scale, (std::vector<float>{1, 3}));
    EXPECT_EQ(rows.quantization.zeroPoint, (std::vector<int64_t>{10, 30}));
    const Tensor columns = transform::cutTensor(tensor, {{0, 1, 2}, {1}});
    EXPECT_EQ(columns.quantization.scale, (std::vector<float>{1, 2, 3}));
}

TEST(CutTensor, OpenDimensionsOfTheSignatureStayOpen) {
    Tensor tensor = tensorOf(DataType::Float32, {1, 4});
    tensor.shapeSignature = {-1, 4};
    EXPECT_EQ(transform::cutTensor(tensor, {{0}, {1, 2, 3}}).shapeSignature, (Shape{-1, 3}));
}

}  // namespace
