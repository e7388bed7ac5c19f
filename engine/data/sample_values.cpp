// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample_values.h"

#include <array>
#include <cmath>

#include "analysis/real_values.h"
#include "data/image.h"

namespace data {
namespace {

using namespace types;

using Values = Result<std::vector<float>>;

tl::unexpected<Error> mismatch(const Sample& sample, const Tensor& input, const std::string& has) {
    return fail("has " + has + ", the input " + dataTypeName(input.type) + " " +
                    shapeText(input.shape) + " needs " + std::to_string(input.elements()) +
                    " values",
                sample.name, "choose the dataset that belongs to the model");
}

/// [0, 1], [-1, 1] or [0, 255]: the one closest to the range of a quantized input's codes.
PixelScaling scalingOf(const Tensor& input) {
    const Quantization& q = input.quantization;
    if (input.type == DataType::Float32 || !q.present()) return PixelScaling::ZeroToOne;
    const double range = q.scale[0] * (std::exp2(bitsOf(input.type)) - 1);
    if (range > 16) return PixelScaling::Raw;
    return range > 1.4 ? PixelScaling::MinusOneToOne : PixelScaling::ZeroToOne;
}

void scalePixels(std::vector<float>& pixels, PixelScaling scaling) {
    for (float& pixel : pixels) {
        if (scaling == PixelScaling::ZeroToOne) pixel /= 255.0f;
        if (scaling == PixelScaling::MinusOneToOne) pixel = pixel / 127.5f - 1.0f;
    }
}

PixelScaling chosenScaling(const Sample& sample, const Tensor& input) {
    return sample.scaling == PixelScaling::Auto ? scalingOf(input) : sample.scaling;
}

/// Height, width and channels of an image input [1, H, W, C], or of a grey one [1, H, W].
std::optional<std::array<int32_t, 3>> imageShape(const Tensor& input) {
    const Shape& s = input.shape;
    if (s.size() < 3 || s.size() > 4 || s[0] != 1) return std::nullopt;
    return std::array{s[1], s[2], s.size() == 4 ? s[3] : 1};
}

/// uint8 pixels of an image that already has the input's size.
Values fromRawPixels(const Sample& sample, const Tensor& input) {
    const auto view = sample.bytes.view();
    std::vector<float> pixels(view.begin(), view.end());
    scalePixels(pixels, chosenScaling(sample, input));
    return pixels;
}

Values fromPixels(const Sample& sample, const Tensor& input) {
    if (elementCount(sample.shape) == input.elements() && input.shape.size() != 4)
        return fromRawPixels(sample, input);
    const auto wanted = imageShape(input);
    if (!wanted) return mismatch(sample, input, "an image of " + shapeText(sample.shape));
    const auto view = sample.bytes.view();
    const Image image{
        sample.shape[0], sample.shape[1], sample.shape[2], {view.begin(), view.end()}};
    const auto [height, width, channels] = *wanted;
    auto values = withChannels(resized(image, height, width), image.channels, channels);
    if (values.empty())
        return mismatch(sample, input, std::to_string(image.channels) + " colour channels");
    scalePixels(values, chosenScaling(sample, input));
    return values;
}

Values fromSound(const Sample& sample, const Tensor& input) {
    if (elementCount(sample.shape) != input.elements())
        return mismatch(sample, input, std::to_string(sample.shape[0]) + " samples of sound");
    Tensor stored = input.type == DataType::Int16 ? input : Tensor();
    stored.type = DataType::Int16;
    stored.shape = sample.shape;
    auto values = analysis::dequantize(stored, sample.bytes.view());
    if (input.type != DataType::Int16)
        for (float& value : values)
            value /= 32768.0f;
    return values;
}

/// Bytes for an input that is an image of another type: pixels, whatever their axes.
bool arePixels(const Sample& sample, const Tensor& input) {
    const auto image = imageShape(input);
    return sample.type == DataType::UInt8 && input.type != DataType::UInt8 && image &&
           (*image)[0] > 1 && (*image)[1] > 1;
}

Values fromNumbers(const Sample& sample, const Tensor& input) {
    if (elementCount(sample.shape) != input.elements())
        return mismatch(sample, input, "shape " + shapeText(sample.shape));
    if (arePixels(sample, input)) return fromRawPixels(sample, input);
    // Integers of the input's own type are codes; all others are real values.
    Tensor stored;
    stored.type = sample.type;
    stored.shape = sample.shape;
    const bool codes = sample.type != DataType::Float32 && sample.type == input.type;
    return analysis::dequantize(codes ? input : stored, sample.bytes.view());
}

/// Real values of int8 codes under the input's scale and zero point. `flip` first turns uint8
/// pixels into codes: flipping the highest bit is pixel - 128 in two's complement.
std::vector<float> fromCodes(const Sample& sample, Tensor input, uint8_t flip) {
    const auto view = sample.bytes.view();
    std::vector<uint8_t> codes(view.begin(), view.end());
    for (uint8_t& code : codes)
        code ^= flip;
    input.type = DataType::Int8;
    return analysis::dequantize(input, codes);
}

Values fromRaw(const Sample& sample, const Tensor& input) {
    const auto size = static_cast<int64_t>(sample.bytes.size());
    const bool bytePerElement = size == input.elements();
    const bool quantized = input.quantization.present();
    if (bytePerElement && sample.scaling != PixelScaling::Auto) return fromRawPixels(sample, input);
    if (input.type == DataType::Int8 && bytePerElement && quantized)
        return fromCodes(sample, input, input.quantization.firstZeroPoint() == -128 ? 0x80 : 0);
    if (size == input.bytes()) return analysis::dequantize(input, sample.bytes.view());
    if (!bytePerElement) return mismatch(sample, input, std::to_string(size) + " bytes");
    // A float model that was converted from int8 may still record how its codes were scaled.
    if (quantized) return fromCodes(sample, input, 0);
    const auto image = imageShape(input);
    if (image && (*image)[2] == 3) return fromRawPixels(sample, input);
    return fail("holds one byte per value, which may be codes or pixels", sample.name,
                "say how codes are scaled (--codes) or how pixels are (--pixels)");
}

}  // namespace

Values toReal(const Sample& sample, const Tensor& input) {
    switch (sample.content) {
        case Content::Pixels:
            return fromPixels(sample, input);
        case Content::Numbers:
            return fromNumbers(sample, input);
        case Content::Sound:
            return fromSound(sample, input);
        case Content::Raw:
            break;
    }
    return fromRaw(sample, input);
}

}  // namespace data
