// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample_values.h"

#include <gtest/gtest.h>

#include "analysis/real_values.h"

namespace {

using data::Content;
using data::PixelScaling;
using data::Sample;
using types::DataType;
using types::Tensor;

Tensor input(DataType type, types::Shape shape, float scale = 0, int64_t zeroPoint = 0) {
    Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    if (scale > 0) {
        tensor.quantization.scale = {scale};
        tensor.quantization.zeroPoint = {zeroPoint};
    }
    return tensor;
}

/// The sample as bytes of the input tensor.
std::optional<std::vector<uint8_t>> bytesOf(const Sample& sample, const Tensor& tensor) {
    const auto values = data::toReal(sample, tensor);
    if (!values) return std::nullopt;
    return analysis::encode(tensor, *values);
}

Sample pixels(std::vector<uint8_t> values, types::Shape shape,
              PixelScaling scaling = PixelScaling::Auto) {
    Sample sample{"image", 0, types::Bytes(std::move(values))};
    sample.content = Content::Pixels;
    sample.shape = std::move(shape);
    sample.scaling = scaling;
    return sample;
}

TEST(SampleValues, RawTensorBytesAreTakenAsTheyAreAndPixelsShifted) {
    const Sample sample{"x", 0, types::Bytes({0, 128, 255})};
    EXPECT_EQ(*bytesOf(sample, input(DataType::Int8, {3}, 0.5f, 83)),
              (std::vector<uint8_t>{0, 128, 255}));
    // With zero point -128 pixel 0 is code -128, 128 is 0, 255 is 127.
    EXPECT_EQ(*bytesOf(sample, input(DataType::Int8, {3}, 0.5f, -128)),
              (std::vector<uint8_t>{128, 0, 127}));
    EXPECT_FALSE(bytesOf(sample, input(DataType::Int8, {4}, 0.5f, 83)));
}

TEST(SampleValues, RawCodesBecomeRealValues) {
    const Sample sample{"x", 0, types::Bytes({83, 85, 81})};
    EXPECT_EQ(*data::toReal(sample, input(DataType::Int8, {3}, 0.5f, 83)),
              (std::vector<float>{0, 1, -1}));
    // A float input that remembers its codes reads them, too.
    EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, {3}, 0.5f, 83)),
              (std::vector<float>{0, 1, -1}));
    const auto unknown = data::toReal(sample, input(DataType::Float32, {3}));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().what, "holds one byte per value, which may be codes or pixels");
}

TEST(SampleValues, PixelsAreScaledAsTheModelWasTrained) {
    const auto first = [](PixelScaling scaling, const Tensor& tensor) {
        return *data::toReal(pixels({255, 0}, {1, 2, 1}, scaling), tensor);
    };
    const Tensor real = input(DataType::Float32, {1, 1, 2, 1});
    EXPECT_EQ(first(PixelScaling::Auto, real), (std::vector<float>{1, 0}));
    EXPECT_EQ(first(PixelScaling::MinusOneToOne, real), (std::vector<float>{1, -1}));
    EXPECT_EQ(first(PixelScaling::Raw, real), (std::vector<float>{255, 0}));
    // The range of the codes says what an int8 model was trained on.
    const types::Shape shape = {1, 1, 2, 1};
    EXPECT_EQ(first(PixelScaling::Auto, input(DataType::Int8, shape, 1 / 255.0f, -128))[0], 1);
    EXPECT_EQ(first(PixelScaling::Auto, input(DataType::Int8, shape, 1 / 127.5f, -1))[1], -1);
    EXPECT_EQ(first(PixelScaling::Auto, input(DataType::Int8, shape, 1.0f, -128))[0], 255);
}

TEST(SampleValues, EveryPixelBecomesItsCode) {
    for (int pixel = 0; pixel < 256; ++pixel) {
        const auto sample = pixels({static_cast<uint8_t>(pixel)}, {1, 1, 1});
        const auto bytes = bytesOf(sample, input(DataType::Int8, {1, 1, 1, 1}, 0.003921569f, -128));
        EXPECT_EQ(static_cast<int8_t>(bytes->front()), pixel - 128);
    }
}

TEST(SampleValues, ImagesAreResizedToTheInput) {
    const auto sample = pixels({0, 100, 200, 100}, {2, 2, 1}, PixelScaling::Raw);
    EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, {1, 1, 1, 1})),
              std::vector<float>{100});
    EXPECT_EQ(data::toReal(sample, input(DataType::Float32, {1, 4, 4, 3}))->size(), 48u);
    EXPECT_FALSE(data::toReal(sample, input(DataType::Float32, {5})));
}

TEST(SampleValues, AnImageOfOneChannelFitsInputsWithoutThatAxis) {
    const auto sample = pixels({0, 100, 200, 100, 50, 25}, {2, 3, 1}, PixelScaling::Raw);
    const std::vector<float> values = {0, 100, 200, 100, 50, 25};
    for (const types::Shape& shape :
         {types::Shape{1, 2, 3}, types::Shape{1, 6}, types::Shape{2, 3}, types::Shape{1, 2, 3, 1}})
        EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, shape)), values);
    // Another size is resized, colours become grey.
    EXPECT_EQ(data::toReal(sample, input(DataType::Float32, {1, 4, 4}))->size(), 16u);
    const auto colours = pixels({10, 10, 10, 20, 20, 20}, {1, 2, 3}, PixelScaling::Raw);
    EXPECT_EQ(data::toReal(colours, input(DataType::Float32, {1, 1, 2}))->size(), 2u);
}

TEST(SampleValues, SoundIsRawForAFrontEndAndScaledForOthers) {
    Sample sample{"a.wav", 0, types::Bytes({0, 64, 0, 192})};  // 16384 and -16384
    sample.content = Content::Sound;
    sample.type = DataType::Int16;
    sample.shape = {2};
    EXPECT_EQ(*bytesOf(sample, input(DataType::Int16, {1, 2})),
              (std::vector<uint8_t>{0, 64, 0, 192}));
    EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, {1, 2})),
              (std::vector<float>{0.5f, -0.5f}));
    EXPECT_EQ(*bytesOf(sample, input(DataType::Int8, {1, 2}, 1 / 128.0f, 0)),
              (std::vector<uint8_t>{64, 192}));
    const auto features = data::toReal(sample, input(DataType::Int8, {1, 49, 10}, 0.5f, 83));
    ASSERT_FALSE(features);
    EXPECT_EQ(features.error().what,
              "has 2 samples of sound, the input int8 1x49x10 needs 490 values");
}

TEST(SampleValues, NumbersOfTheWrongShapeAreNamed) {
    Sample sample{"row 3", 0, types::Bytes(std::vector<uint8_t>(8))};
    sample.content = Content::Numbers;
    sample.type = DataType::Float32;
    sample.shape = {2};
    EXPECT_TRUE(data::toReal(sample, input(DataType::Float32, {1, 2})));
    const auto values = data::toReal(sample, input(DataType::Float32, {1, 3}));
    ASSERT_FALSE(values);
    EXPECT_EQ(values.error().message(),
              "has shape 2, the input float32 1x3 needs 3 values: row 3: choose the dataset that "
              "belongs to the model");
}

TEST(SampleValues, BytesWithoutAnAxisOfChannelsArePixelsOfAnImage) {
    Sample sample = pixels({0, 255, 51, 102}, {2, 2});
    sample.content = Content::Numbers;
    sample.type = DataType::UInt8;
    const std::vector<float> unit = {0, 1, 0.2f, 0.4f};
    for (const types::Shape& shape : {types::Shape{2, 2}, {1, 2, 2}, {4}}) {
        sample.shape = shape;
        EXPECT_EQ(*data::toReal(sample, input(DataType::Int8, {1, 2, 2}, 1 / 255.0f, -128)), unit);
        EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, {1, 2, 2, 1})), unit);
    }
    // Features stay numbers, and bytes for an input of bytes stay codes.
    EXPECT_EQ(*data::toReal(sample, input(DataType::Float32, {1, 4})),
              (std::vector<float>{0, 255, 51, 102}));
    EXPECT_EQ(*bytesOf(sample, input(DataType::UInt8, {1, 2, 2}, 0.5f, 3)),
              (std::vector<uint8_t>{0, 255, 51, 102}));
}

}  // namespace
