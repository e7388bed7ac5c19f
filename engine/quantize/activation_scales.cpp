// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/activation_scales.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/real_values.h"
#include "quantize/tensor_variants.h"

namespace quantize {

using calibration::Range;
using types::DataType;
using types::Quantization;

namespace {

Range constantRange(const types::Graph& graph, int32_t tensor) {
    const auto values =
        analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
    if (values.empty()) return {};
    const auto [low, high] = std::ranges::minmax(values);
    return {double{low}, double{high}};
}

/// Requests of the variants of one class.
struct Wishes {
    std::optional<Range> range;
    std::optional<Quantization> stored;
    bool agree = true;  ///< all have the same stored scale

    void add(const Range& one) {
        if (!range) range = one;
        range = Range{std::min(range->low, one.low), std::max(range->high, one.high)};
    }
    void add(const Quantization& one) {
        agree = agree &&
                (!stored || (stored->scale == one.scale && stored->zeroPoint == one.zeroPoint));
        stored = one;
    }
};

void addActivation(const FloatModel& model, const TensorVariant& variant,
                   const ActivationRange& known, Wishes& wishes) {
    const StoredAs& stored = model.stored[static_cast<size_t>(variant.tensor)];
    const bool keeps =
        known.keepStored && stored.type == variant.type && stored.quantization.scale.size() == 1;
    if (keeps)
        wishes.add(stored.quantization);
    else
        wishes.agree = false;
    wishes.add(variant.type == DataType::Int16 ? known.sixteenBits : known.eightBits);
}

Quantization decide(const Wishes& wishes, DataType type) {
    if (wishes.stored && wishes.agree) {
        Quantization kept;
        kept.scale = wishes.stored->scale;
        kept.zeroPoint = {wishes.stored->firstZeroPoint()};
        if (type == DataType::Int8 || kept.zeroPoint[0] == 0) return kept;
    }
    return scaleFor(wishes.range.value_or(Range{}), type);
}

/// uint8 codes are int8 codes plus 128.
Quantization asUnsigned(Quantization quantization) {
    quantization.zeroPoint[0] += 128;
    return quantization;
}

}  // namespace

Quantization scaleFor(Range range, DataType type) {
    const double low = std::min(range.low, 0.0), high = std::max(range.high, 0.0);
    // For a tensor of zeros any scale is valid, but the kernels' factors overflow for the smallest
    // float.
    constexpr double kLeast = 1e-8;
    Quantization q;
    if (type == DataType::Int16) {
        const double largest = std::max(-low, high);
        q.scale = {static_cast<float>(std::max(largest / 32767, kLeast))};
        q.zeroPoint = {0};
        return q;
    }
    const double scale = std::max((high - low) / 255, kLeast);
    q.scale = {static_cast<float>(scale)};
    q.zeroPoint = {static_cast<int64_t>(std::clamp(std::round(-128 - low / scale), -128.0, 127.0))};
    return q;
}

Range storedRange(const StoredAs& stored) {
    const Quantization& q = stored.quantization;
    const auto [lowest, highest] = types::codeRange(stored.type);
    const double scale = double{q.scale[0]}, zero = q.firstZeroPoint();
    return {scale * (static_cast<double>(lowest) - zero),
            scale * (static_cast<double>(highest) - zero)};
}

std::vector<Quantization> activationScales(const FloatModel& model, const TensorVariants& variants,
                                           const ActivationRanges& ranges) {
    std::map<int32_t, Wishes> classes;
    for (size_t i = 0; i < variants.all().size(); ++i) {
        const TensorVariant& variant = variants.all()[i];
        if (!isCode(variant.type)) continue;
        Wishes& wishes = classes[variants.scaleClass(static_cast<int32_t>(i))];
        if (variant.constant)
            wishes.add(constantRange(model.graph, variant.tensor));
        else
            addActivation(model, variant, ranges.at(variant.tensor), wishes);
    }
    std::vector<Quantization> scales(variants.all().size());
    for (size_t i = 0; i < scales.size(); ++i) {
        const auto index = static_cast<int32_t>(i);
        const DataType type = variants.variant(index).type;
        if (!isCode(type)) continue;
        const auto fixed = variants.fixedScale(index);
        scales[i] = fixed ? *fixed : decide(classes.at(variants.scaleClass(index)), type);
    }
    // An unsigned variant follows an int8 variant: the one it is derived from, or the one derived
    // from it.
    for (size_t i = 0; i < scales.size(); ++i) {
        const TensorVariant& variant = variants.all()[i];
        if (variant.type == DataType::UInt8 && variant.from >= 0)
            scales[i] = asUnsigned(scales[static_cast<size_t>(variant.from)]);
        else if (variant.from >= 0 && variants.variant(variant.from).type == DataType::UInt8 &&
                 variant.type == DataType::Int8)
            scales[static_cast<size_t>(variant.from)] = asUnsigned(scales[i]);
    }
    return scales;
}

}  // namespace quantize
