// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/quantization.h"

#include <algorithm>
#include <cmath>

#include "onnx/operators.h"
#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::DataType;

constexpr double kUInt8Shift = 128, kUInt16Shift = 32768;

/// What our codes are less than ONNX's.
double shiftOf(DataType type) {
    if (type == DataType::UInt8) return kUInt8Shift;
    if (type == DataType::UInt16) return kUInt16Shift;
    return type == DataType::UInt4 ? 8 : 0;
}

DataType shiftedType(DataType type) {
    if (type == DataType::UInt8) return DataType::Int8;
    if (type == DataType::UInt16) return DataType::Int16;
    return type == DataType::UInt4 ? DataType::Int4 : type;
}

/// Scales of slices along an axis, repeated for blocks of it, and the zero points likewise.
struct Grid {
    ConstantArray scale, zero;  ///< broadcast to the codes
    bool isBlocked = false;
    size_t axis = 0;
};

ConstantArray alongAxis(const ConstantArray& numbers, const types::Shape& shape, size_t axis) {
    types::Shape spread(shape.size(), 1);
    spread[axis] = shape[axis];
    return reshaped(numbers, spread);
}

/// Blocked quantization (opset 21): each number serves `block` elements of the axis.
ConstantArray repeatedAlong(const ConstantArray& numbers, size_t axis, int64_t block,
                            int32_t length) {
    std::vector<int64_t> indices;
    for (int64_t i = 0; i < length; ++i)
        indices.push_back(i / block);
    return selected(numbers, axis, indices);
}

Grid gridOf(const NodeArguments& arguments, const types::Shape& shape) {
    const Node& node = arguments.node;
    const ConstantArray* scale = arguments.constant(1);
    const ConstantArray* zero = arguments.constant(2);
    require(scale != nullptr && (zero != nullptr || !node.hasInput(2)), node,
            "computes its scale or zero point at run time, they must be constant");
    Grid grid{*scale, zero != nullptr ? *zero : scalarArray(DataType::UInt8, 0)};
    if (grid.zero.elements() == 1) grid.zero = reshaped(grid.zero, {});
    if (scale->elements() == 1) {
        grid.scale = reshaped(*scale, {});
        require(grid.zero.elements() == 1, node, "has more zero points than scales");
        return grid;
    }
    grid.axis = axisOf(node, node.integer("axis", 1), shape.size());
    const int64_t block = node.integer("block_size", 0);
    for (ConstantArray* numbers : {&grid.scale, &grid.zero}) {
        if (numbers->elements() == 1) continue;
        if (block > 0) {
            const bool fits = numbers->shape.size() == shape.size() &&
                              int64_t{numbers->shape[grid.axis]} * block >= shape[grid.axis];
            require(fits, node, "has scales in blocks that do not cover its input");
            grid.isBlocked = true;
            *numbers = repeatedAlong(*numbers, grid.axis, block, shape[grid.axis]);
            continue;
        }
        require(numbers->elements() == shape[grid.axis], node,
                "has " + std::to_string(numbers->elements()) + " scales or zero points for " +
                    std::to_string(shape[grid.axis]) + " channels");
        *numbers = alongAxis(*numbers, shape, grid.axis);
    }
    return grid;
}

types::Quantization quantizationOf(const Grid& grid, double shift) {
    types::Quantization q;
    q.axis = static_cast<int32_t>(grid.axis);
    for (double scale : *grid.scale.values)
        q.scale.push_back(static_cast<float>(scale));
    for (double zero : *grid.zero.values)
        q.zeroPoint.push_back(static_cast<int64_t>(zero - shift));
    if (q.zeroPoint.size() == 1) q.zeroPoint.resize(q.scale.size(), q.zeroPoint.front());
    return q;
}

/// A constant from its codes: real values, and the codes where layers can use them.
OnnxValue dequantizedConstant(const NodeArguments& arguments, const ConstantArray& codes) {
    const Grid grid = gridOf(arguments, codes.shape);
    const auto multiply = [](double a, double b) { return a * b; };
    const auto subtract = [](double a, double b) { return a - b; };
    const ConstantArray centred = combined(codes, grid.zero, codes.shape, codes.type, subtract);
    OnnxValue value{DataType::Float32, codes.shape, {}, {}, {}};
    value.constant = combined(centred, grid.scale, codes.shape, DataType::Float32, multiply);
    const bool isUsable = !grid.isBlocked && codes.type != DataType::Int64 &&
                          std::all_of(grid.scale.values->begin(), grid.scale.values->end(),
                                      [](double s) { return s > 0 && std::isfinite(s); });
    if (!isUsable) return value;
    const double shift = shiftOf(codes.type);
    value.codes = ConstantCodes{
        mapped(codes, shiftedType(codes.type), [shift](double c) { return c - shift; }),
        quantizationOf(grid, shift)};
    return value;
}

void convertDequantize(Conversion& c, const Node& node) {
    const OnnxValue& input = c.input(node, 0);
    const NodeArguments arguments = c.arguments(node);
    if (input.constant) {
        c.give(node.outputs[0], dequantizedConstant(arguments, *input.constant));
        return;
    }
    const auto scale = scaleOfNode(arguments, input.type);
    require(scale.has_value(), node,
            "reads activations of " + types::dataTypeName(input.type) +
                " with scales that no integer kernel takes");
    const View view = input.view;
    c.bindScale(node, view, *scale);
    c.give(node, view, DataType::Float32);
}

void convertQuantize(Conversion& c, const Node& node) {
    const OnnxValue& input = c.input(node, 0);
    const NodeArguments arguments = c.arguments(node);
    const DataType type = quantizedTypeOf(arguments);
    if (input.constant) {
        const Grid grid = gridOf(arguments, input.shape);
        const auto range = types::codeRange(type);
        const ConstantArray scaled =
            combined(*input.constant, grid.scale, input.shape, type,
                     [](double a, double b) { return std::nearbyint(a / b); });
        const ConstantArray codes =
            combined(scaled, grid.zero, input.shape, type, [range](double a, double b) {
                return std::clamp(a + b, static_cast<double>(range.lowest),
                                  static_cast<double>(range.highest));
            });
        c.give(node.outputs[0], {type, codes.shape, codes, {}, {}});
        return;
    }
    const auto scale = scaleOfNode(arguments, type);
    require(scale.has_value(), node,
            "writes activations of " + types::dataTypeName(type) +
                " with scales that no integer kernel takes");
    if (type == DataType::UInt8) c.note("uint8 codes are int8 codes less 128");
    c.give(node, c.quantized(input.view, *scale, node.outputs[0]), type);
}

}  // namespace

std::optional<ActivationScale> activationScale(double scale, double zeroPoint, DataType type) {
    const auto ours = static_cast<float>(scale);
    if (!(ours > 0) || !std::isfinite(ours)) return std::nullopt;
    const auto zero = static_cast<int32_t>(zeroPoint - shiftOf(type));
    const DataType shifted = shiftedType(type);
    if (shifted == DataType::Int8 && zero >= -128 && zero <= 127)
        return ActivationScale{ours, zero, shifted};
    if (shifted == DataType::Int16 && zero == 0) return ActivationScale{ours, zero, shifted};
    return std::nullopt;
}

DataType quantizedTypeOf(const NodeArguments& quantize) {
    if (const ConstantArray* zero = quantize.constant(2)) return zero->type;
    const int64_t type = quantize.node.integer("output_dtype", 0);
    if (type == 0) return DataType::UInt8;
    return dataTypeOf(static_cast<int32_t>(type), quantize.node.label());
}

std::optional<ActivationScale> scaleOfNode(const NodeArguments& node, DataType type) {
    const ConstantArray* scale = node.constant(1);
    const ConstantArray* zero = node.constant(2);
    if (scale == nullptr || scale->elements() != 1 || (node.node.hasInput(2) && zero == nullptr))
        return std::nullopt;
    if (zero != nullptr && zero->elements() != 1) return std::nullopt;
    return activationScale(scale->at(0), zero != nullptr ? zero->at(0) : 0, type);
}

std::optional<ConstantCodes> symmetricCodes(const ConstantCodes& codes, size_t axis) {
    const types::Quantization& q = codes.quantization;
    const DataType type = codes.array.type;
    if (type != DataType::Int8 && type != DataType::Int4) return std::nullopt;
    if (q.perChannel() && static_cast<size_t>(q.axis) != axis) return std::nullopt;
    ConstantCodes result = codes;
    result.quantization.axis = static_cast<int32_t>(axis);
    result.quantization.zeroPoint.assign(q.scale.size(), 0);
    const bool isShifted =
        std::any_of(q.zeroPoint.begin(), q.zeroPoint.end(), [](int64_t z) { return z != 0; });
    if (!isShifted) return result;
    std::vector<double> zeros(q.zeroPoint.begin(), q.zeroPoint.end());
    ConstantArray zero = makeArray(type, {static_cast<int32_t>(zeros.size())}, std::move(zeros));
    zero = q.perChannel() ? alongAxis(zero, codes.array.shape, axis) : reshaped(zero, {});
    bool fits = true;
    result.array = combined(codes.array, zero, codes.array.shape, type, [&](double a, double b) {
        fits = fits && a - b >= -128 && a - b <= 127;
        return a - b;
    });
    if (type == DataType::Int4) result.array.type = DataType::Int8;
    return fits ? std::optional(result) : std::nullopt;
}

ConstantCodes biasCodes(const OnnxValue& bias, float inputScale,
                        const std::vector<float>& weightScales, DataType type) {
    ConstantCodes result;
    for (float weight : weightScales)
        result.quantization.scale.push_back(inputScale * weight);
    result.quantization.zeroPoint.assign(weightScales.size(), 0);
    const auto scaleAt = [&](size_t i) {
        return static_cast<double>(inputScale) *
               static_cast<double>(weightScales[weightScales.size() == 1 ? 0 : i]);
    };
    std::vector<double> codes;
    for (size_t i = 0; i < bias.constant->values->size(); ++i)
        codes.push_back(std::round(bias.constant->at(i) / scaleAt(i)));
    if (bias.codes && bias.codes->array.type == DataType::Int32) {
        const auto& stored = bias.codes->quantization.scale;
        for (size_t i = 0; i < codes.size(); ++i) {
            const double ratio =
                static_cast<double>(stored[stored.size() == 1 ? 0 : i]) / scaleAt(i);
            if (std::abs(ratio - 1) < 1e-5) codes[i] = bias.codes->array.at(i);
        }
    }
    const auto count = static_cast<int32_t>(codes.size());
    result.array = makeArray(type, {count}, std::move(codes));
    return result;
}

std::optional<ConstantCodes> operandCodes(const OnnxValue& value, DataType type) {
    if (value.codes && value.codes->array.type == type && !value.codes->quantization.perChannel())
        return value.codes;
    if (!value.constant || !isUniform(*value.constant) || !std::isfinite(value.constant->at(0)))
        return std::nullopt;
    const double number = value.constant->at(0);
    const double scale = number == 0.0 ? 1.0 : std::abs(number);
    const double code = number == 0.0 ? 0.0 : number / scale;
    return ConstantCodes{mapped(*value.constant, type, [code](double) { return code; }),
                         {{static_cast<float>(scale)}, {0}}};
}

Converter quantizationConverter(const std::string& op) {
    if (op == "QuantizeLinear") return convertQuantize;
    return op == "DequantizeLinear" ? convertDequantize : nullptr;
}

}  // namespace onnx
