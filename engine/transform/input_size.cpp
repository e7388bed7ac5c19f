// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/input_size.h"

#include <algorithm>
#include <cmath>

#include "analysis/validate.h"
#include "transform/channels/adapt_op.h"
#include "transform/resized_shapes.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Result;
using types::Shape;
using types::Variation;

namespace {

bool asksForOtherSize(const Graph& graph, const Variation& variation) {
    if (!variation.inputSize || graph.inputs.empty()) return false;
    const Shape& shape = graph.tensor(graph.inputs[0]).shape;
    return shape.size() != 4 || shape[1] != (*variation.inputSize)[0] ||
           shape[2] != (*variation.inputSize)[1];
}

void setShape(types::Tensor& tensor, const Shape& shape) {
    tensor.shape = shape;
    if (tensor.shapeSignature.size() != shape.size()) return;
    for (size_t i = 0; i < shape.size(); ++i)
        if (tensor.shapeSignature[i] >= 0) tensor.shapeSignature[i] = shape[i];
}

/// Computes the new output shapes of one operator.
Result<void> resizeOutputs(const Graph& before, Graph& after, size_t op,
                           std::vector<std::string>& changes) {
    const auto shapes = resizedOutputShapes(before, after, op, changes);
    if (!shapes)
        return types::fail("the input size is built into this model: " + shapes.error().what,
                           types::opLabel(before, op),
                           "only fully convolutional models take another input size");
    for (size_t i = 0; i < shapes->size(); ++i)
        setShape(after.tensors[static_cast<size_t>(after.ops[op].outputs[i])], (*shapes)[i]);
    return {};
}

float mixed(float a, float b, double share) {
    return static_cast<float>(a + (b - a) * share);
}

/// Position of output pixel i among `from` input pixels: the pixel before it, and the distance
/// beyond.
struct Between {
    size_t first, second;
    double share;
};

Between between(int32_t i, int32_t from, int32_t to) {
    const double centre = (i + 0.5) * from / to - 0.5;
    const double owner = std::clamp(centre, 0.0, static_cast<double>(from - 1));
    const auto first = static_cast<size_t>(owner);
    return {first, std::min(first + 1, static_cast<size_t>(from) - 1),
            owner - static_cast<double>(first)};
}

std::vector<float> resizeImage(const std::vector<float>& image, const Shape& shape, int32_t height,
                               int32_t width) {
    const auto channels = static_cast<size_t>(shape[3]);
    const size_t row = static_cast<size_t>(shape[2]) * channels;
    std::vector<float> result;
    result.reserve(static_cast<size_t>(height) * static_cast<size_t>(width) * channels);
    for (int32_t batch = 0; batch < shape[0]; ++batch) {
        const float* pixels = image.data() + static_cast<size_t>(batch * shape[1]) * row;
        for (int32_t y = 0; y < height; ++y) {
            const Between v = between(y, shape[1], height);
            for (int32_t x = 0; x < width; ++x) {
                const Between h = between(x, shape[2], width);
                for (size_t c = 0; c < channels; ++c) {
                    const auto across = [&](size_t line) {
                        const float* values = pixels + line * row + c;
                        return mixed(values[h.first * channels], values[h.second * channels],
                                     h.share);
                    };
                    result.push_back(mixed(across(v.first), across(v.second), v.share));
                }
            }
        }
    }
    return result;
}

}  // namespace

Result<GraphPtr> resizeInput(const GraphPtr& graph, const Variation& variation, const ApplyContext&,
                             std::vector<std::string>& changes) {
    if (!asksForOtherSize(*graph, variation)) return graph;
    const int32_t input = graph->inputs[0];
    Shape shape = graph->tensor(input).shape;
    if (shape.size() != 4)
        return types::fail("the input is no image: its shape is " + types::shapeText(shape),
                           types::tensorLabel(*graph, input), "leave the input size as it is");
    auto resized = std::make_shared<Graph>(*graph);
    resized->original = {};
    const Shape old = shape;
    shape[1] = (*variation.inputSize)[0];
    shape[2] = (*variation.inputSize)[1];
    changes.push_back(types::tensorLabel(*graph, input) + ": input " + types::shapeText(old) +
                      " -> " + types::shapeText(shape));
    setShape(resized->tensors[static_cast<size_t>(input)], shape);
    ConstantEdits edits;
    for (size_t op = 0; op < graph->ops.size(); ++op) {
        if (auto done = resizeOutputs(*graph, *resized, op, changes); !done)
            return tl::unexpected(done.error());
        adaptOp(*graph, *resized, op, edits);
    }
    edits.apply(*resized);
    if (auto sound = analysis::validate(*resized); !sound) return tl::unexpected(sound.error());
    return resized;
}

calibration::RealInputsPtr resizeSamples(const Graph& graph, const Variation& variation,
                                         const calibration::RealInputsPtr& inputs) {
    if (!inputs || !asksForOtherSize(graph, variation)) return inputs;
    const Shape& shape = graph.tensor(graph.inputs[0]).shape;
    if (shape.size() != 4) return inputs;
    auto resized = std::make_shared<calibration::RealInputs>(*inputs);
    for (calibration::RealSample& sample : resized->samples)
        sample[0] =
            resizeImage(sample[0], shape, (*variation.inputSize)[0], (*variation.inputSize)[1]);
    return resized;
}

}  // namespace transform
