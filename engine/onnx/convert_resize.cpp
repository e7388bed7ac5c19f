// SPDX-License-Identifier: GPL-3.0-or-later
// Resize and Upsample. ONNX has many rules for where an output element comes from; the runtime has
// three. Nearest neighbours under any other rule become a GATHER with the same indices.
#include <algorithm>
#include <cmath>

#include "onnx/gather_axis.h"
#include "onnx/operators.h"
#include "onnx/tensor_data.h"
#include "onnx/window_plan.h"

namespace onnx {
namespace {

using types::OpKind;
using types::ResizeOptions;
using types::Shape;

/// One axis.
struct Stretch {
    int32_t in = 1, out = 1;
    float scale = 1;
};

struct ResizeRule {
    std::string mode, coordinates, rounding;
};

ResizeRule resizeRuleOf(const Node& node, int64_t opset) {
    const bool isOld = node.op == "Upsample" || opset < 11;
    ResizeRule rule{
        node.text("mode", "nearest"),
        isOld ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel"),
        isOld ? "floor" : node.text("nearest_mode", "round_prefer_floor")};
    if (rule.mode == "bilinear") rule.mode = "linear";
    require(rule.mode == "nearest" || rule.mode == "linear", node,
            "has the mode " + rule.mode + ", for which the runtime has no kernel");
    require(node.integer("antialias", 0) == 0, node, "wants antialiasing");
    const std::string policy = node.text("keep_aspect_ratio_policy", "stretch");
    require(policy == "stretch", node, "has the aspect ratio policy " + policy);
    return rule;
}

/// Scales or sizes, for all axes.
std::vector<Stretch> stretchesOf(Conversion& c, const Node& node, const Shape& in) {
    const NodeArguments arguments = c.arguments(node);
    const bool isOld = node.op == "Upsample" || c.opset() < 11;
    const size_t scalesAt = isOld ? 1 : 2;
    std::vector<size_t> axes = axesOf(node, node.integers("axes"), in.size());
    for (size_t d = 0; d < in.size() && node.find("axes") == nullptr; ++d)
        axes.push_back(d);
    std::vector<Stretch> result(in.size());
    for (size_t d = 0; d < in.size(); ++d)
        result[d] = {in[d], in[d], 1};
    std::vector<double> numbers;
    const auto sizes = isOld ? std::nullopt : arguments.ints("sizes", 3);
    if (sizes) {
        numbers.assign(sizes->begin(), sizes->end());
    } else if (const Attribute* scales = node.find("scales")) {
        numbers.assign(scales->reals.begin(), scales->reals.end());
    } else {
        require(arguments.constant(scalesAt) != nullptr, node,
                "computes its scales or sizes at run time");
        numbers = *arguments.constant(scalesAt)->values;
    }
    require(numbers.size() == axes.size(), node, "needs one scale or size per axis");
    for (size_t i = 0; i < axes.size(); ++i) {
        Stretch& s = result[axes[i]];
        const double out = sizes ? numbers[i] : std::floor(s.in * numbers[i]);
        require(out >= 1 && out <= kMaxDimension, node, "has a size out of range");
        s.out = static_cast<int32_t>(out);
        s.scale = sizes ? static_cast<float>(s.out) / static_cast<float>(s.in)
                        : static_cast<float>(numbers[i]);
    }
    return result;
}

float sourceOfElement(const Node& node, const std::string& rule, const Stretch& s, int32_t i) {
    const auto x = static_cast<float>(i);
    if (rule == "asymmetric") return x / s.scale;
    if (rule == "half_pixel") return (x + 0.5f) / s.scale - 0.5f;
    if (rule == "pytorch_half_pixel") return s.out > 1 ? (x + 0.5f) / s.scale - 0.5f : 0.0f;
    if (rule == "tf_half_pixel_for_nn") return (x + 0.5f) / s.scale;
    require(rule == "align_corners", node, "has the coordinates " + rule);
    if (s.out == 1) return 0;
    return x * static_cast<float>(s.in - 1) / static_cast<float>(s.out - 1);
}

float roundedBy(const Node& node, const std::string& rule, float at) {
    if (rule == "floor") return std::floor(at);
    if (rule == "ceil") return std::ceil(at);
    if (rule == "round_prefer_ceil") return std::floor(at + 0.5f);
    require(rule == "round_prefer_floor", node, "has the rounding " + rule);
    return std::ceil(at - 0.5f);
}

std::vector<int32_t> indicesOf(const Node& node, const ResizeRule& rule, const Stretch& s) {
    std::vector<int32_t> indices;
    for (int32_t i = 0; i < s.out; ++i) {
        const float at =
            roundedBy(node, rule.rounding, sourceOfElement(node, rule.coordinates, s, i));
        indices.push_back(static_cast<int32_t>(std::clamp(at, 0.0f, static_cast<float>(s.in - 1))));
    }
    return indices;
}

/// What RESIZE_NEAREST_NEIGHBOR takes.
int32_t nearestOfRuntime(const ResizeOptions& o, const Stretch& s, int32_t i) {
    const bool corners = o.alignCorners && s.out > 1;
    const float scale = corners ? static_cast<float>(s.in - 1) / static_cast<float>(s.out - 1)
                                : static_cast<float>(s.in) / static_cast<float>(s.out);
    const float at = (static_cast<float>(i) + (o.halfPixelCenters ? 0.5f : 0.0f)) * scale;
    const auto from = static_cast<int32_t>(o.alignCorners ? std::round(at) : std::floor(at));
    return std::clamp(from, 0, s.in - 1);
}

bool gives(const ResizeOptions& options, const Stretch& s, const std::vector<int32_t>& indices) {
    for (int32_t i = 0; i < s.out; ++i)
        if (nearestOfRuntime(options, s, i) != indices[static_cast<size_t>(i)]) return false;
    return true;
}

constexpr ResizeOptions kVariants[] = {{false, false}, {false, true}, {true, false}};

/// Height and width of an image.
void emitResize(Conversion& c, const Node& node, OpKind kind, const View& view, const Shape& out,
                const ResizeOptions& options) {
    const Shape image = imageShape(node, out);
    const int32_t tensor = c.materialized(asImage(node, view), channelsLast(4));
    const int32_t size = c.addIntegers("size", {image[2], image[3]});
    const int32_t result =
        c.addTensorLike(node.outputs[0], tensor, ordered(image, channelsLast(4)));
    c.emit(kind, {tensor, size}, {result}, options);
    c.give(node, fromImage(result, image, out.size()), c.input(node, 0).type);
}

bool isSpatial(const std::vector<Stretch>& stretches) {
    const size_t rank = stretches.size();
    return (rank == 3 || rank == 4) && stretches[0].in == stretches[0].out &&
           stretches[1].in == stretches[1].out;
}

void convertNearest(Conversion& c, const Node& node, const ResizeRule& rule, const View& view,
                    const std::vector<Stretch>& stretches, const Shape& out) {
    std::vector<std::vector<int32_t>> indices;
    for (const Stretch& s : stretches)
        indices.push_back(indicesOf(node, rule, s));
    for (const ResizeOptions& options : kVariants) {
        bool fits = isSpatial(stretches);
        for (size_t d = 2; fits && d < stretches.size(); ++d)
            fits = gives(options, stretches[d], indices[d]);
        if (fits) return emitResize(c, node, OpKind::RESIZE_NEAREST_NEIGHBOR, view, out, options);
    }
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(view.shape.size());
    int32_t tensor = c.materialized(view, order);
    for (size_t place = 0; place < order.size(); ++place)
        tensor =
            gathered(c, node.outputs[0], tensor, place, indices[static_cast<size_t>(order[place])]);
    c.give(node, viewOf(tensor, out, order), c.input(node, 0).type);
}

void convertLinear(Conversion& c, const Node& node, const ResizeRule& rule, const View& view,
                   const std::vector<Stretch>& stretches, const Shape& out) {
    require(isSpatial(stretches), node, "interpolates other axes than height and width");
    ResizeOptions options;
    if (rule.coordinates == "align_corners")
        options.alignCorners = true;
    else if (rule.coordinates != "asymmetric")
        options.halfPixelCenters = true;
    for (size_t d = 2; d < stretches.size(); ++d) {
        const Stretch& s = stretches[d];
        sourceOfElement(node, rule.coordinates, s, 0);
        const float ratio = static_cast<float>(s.out) / static_cast<float>(s.in);
        require(options.alignCorners || std::abs(ratio / s.scale - 1) < 1e-5f, node,
                "has a scale that does not give whole sizes");
        require(rule.coordinates != "tf_half_pixel_for_nn", node,
                "has coordinates that interpolation does not know");
        require(rule.coordinates != "pytorch_half_pixel" || s.out > 1 || s.in == 1, node,
                "shrinks an axis to 1");
    }
    emitResize(c, node, OpKind::RESIZE_BILINEAR, view, out, options);
}

void convertResize(Conversion& c, const Node& node) {
    const View view = c.input(node, 0).view;
    const ResizeRule rule = resizeRuleOf(node, c.opset());
    const auto stretches = stretchesOf(c, node, view.shape);
    Shape out;
    for (const Stretch& s : stretches)
        out.push_back(s.out);
    require(isSane(out), node, "has the shape " + types::shapeText(out));
    if (out == view.shape) return c.give(node, view, c.input(node, 0).type);
    if (rule.mode == "nearest")
        convertNearest(c, node, rule, view, stretches, out);
    else
        convertLinear(c, node, rule, view, stretches, out);
}

}  // namespace

Converter resizeConverter(const std::string& op) {
    return op == "Resize" || op == "Upsample" ? convertResize : nullptr;
}

}  // namespace onnx
