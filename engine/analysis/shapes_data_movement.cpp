// SPDX-License-Identifier: GPL-3.0-or-later
// Shape rules of operators that move, join or cut data and keep every value.

#include <algorithm>
#include <array>

#include "analysis/shape_rules.h"

namespace analysis {
namespace {

using types::elementCount;
using types::OpKind;
using types::Shape;
using types::shapeText;

constexpr int64_t kMaxDimension = int64_t{1} << 30;

bool saneDimension(int64_t dimension) {
    return dimension >= 0 && dimension <= kMaxDimension;
}

/// Resolves one -1 so that the elements match; nullopt where they cannot.
std::optional<Shape> resolveShape(const std::vector<int64_t>& wanted, int64_t elements) {
    Shape result;
    int64_t known = 1;
    std::optional<size_t> open;
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == -1 && !open) {
            open = i;
        } else if (!saneDimension(wanted[i])) {
            return std::nullopt;
        } else {
            known *= wanted[i];
            if (known > kMaxDimension) return std::nullopt;
        }
        result.push_back(static_cast<int32_t>(wanted[i]));
    }
    if (open) {
        if (known == 0 || elements % known != 0) return std::nullopt;
        result[*open] = static_cast<int32_t>(elements / known);
    } else if (known != elements) {
        return std::nullopt;
    }
    return result;
}

Shapes reshape(const OpShapes& view) {
    if (!view.hasInput(0)) return broken("needs an input");
    const int64_t elements = elementCount(view.shape(0));
    std::optional<std::vector<int64_t>> wanted;
    if (view.hasInput(1)) {
        wanted = view.ints(1);
    } else if (const auto* o = view.options<types::ReshapeOptions>()) {
        wanted = std::vector<int64_t>(o->newShape.begin(), o->newShape.end());
    }
    if (wanted) {
        // Old converters write a scalar target as [0].
        if (*wanted == std::vector<int64_t>{0} && elements == 1) wanted->clear();
        if (const auto shape = resolveShape(*wanted, elements)) return std::vector<Shape>{*shape};
        return broken("the wanted shape does not hold the " + std::to_string(elements) +
                      " elements of input " + shapeText(view.shape(0)));
    }
    const auto declared = view.declared();
    if (declared.empty() || elementCount(declared.front()) != elements)
        return broken("the output does not hold the elements of input " + shapeText(view.shape(0)));
    return declared;
}

Shapes squeeze(const OpShapes& view) {
    const auto* o = view.options<types::SqueezeOptions>();
    if (!view.hasInput(0)) return broken("needs an input");
    const Shape& in = view.shape(0);
    std::vector<bool> drop(in.size(), false);
    if (o && !o->dims.empty()) {
        for (int32_t dim : o->dims) {
            const auto axis = axisOf(dim, in.size());
            if (!axis || in[*axis] != 1) return broken("squeezed axis is out of range or not 1");
            drop[*axis] = true;
        }
    } else {
        for (size_t i = 0; i < in.size(); ++i)
            drop[i] = in[i] == 1;
    }
    Shape out;
    for (size_t i = 0; i < in.size(); ++i)
        if (!drop[i]) out.push_back(in[i]);
    return std::vector<Shape>{out};
}

Shapes expandDims(const OpShapes& view) {
    const auto axes = view.ints(1);
    if (!view.hasInput(0)) return broken("needs an input");
    if (!axes) return view.declared();
    Shape out = view.shape(0);
    const auto axis = axes->size() == 1 ? axisOf((*axes)[0], out.size() + 1) : std::nullopt;
    if (!axis) return broken("axis is out of range");
    out.insert(out.begin() + static_cast<int64_t>(*axis), 1);
    return std::vector<Shape>{out};
}

Shapes concatenation(const OpShapes& view) {
    const auto* o = view.options<types::ConcatenationOptions>();
    if (!o || view.inputCount() == 0 || !view.hasInput(0))
        return broken("needs an axis and inputs");
    Shape out = view.shape(0);
    const auto axis = axisOf(o->axis, out.size());
    if (!axis) return broken("axis " + std::to_string(o->axis) + " is out of range");
    for (size_t i = 1; i < view.inputCount(); ++i) {
        if (!view.hasInput(i)) return broken("needs all of its inputs");
        Shape next = view.shape(i);
        if (next.size() != out.size()) return broken("inputs differ in rank");
        const int64_t joined = int64_t{out[*axis]} + next[*axis];
        if (!saneDimension(joined)) return broken("the joined axis is too long");
        next[*axis] = out[*axis];
        if (next != out) return broken("inputs differ outside axis " + std::to_string(*axis));
        out[*axis] = static_cast<int32_t>(joined);
    }
    return std::vector<Shape>{out};
}

Shapes pad(const OpShapes& view) {
    if (!view.hasInput(0) || !view.hasInput(1)) return broken("needs an input and paddings");
    const auto paddings = view.ints(1);
    if (!paddings) return view.declared();
    Shape out = view.shape(0);
    if (paddings->size() != 2 * out.size()) return broken("needs two paddings per dimension");
    for (size_t i = 0; i < out.size(); ++i) {
        const int64_t before = (*paddings)[2 * i], after = (*paddings)[2 * i + 1];
        if (!saneDimension(before) || !saneDimension(after) ||
            !saneDimension(out[i] + before + after))
            return broken("padding is negative or too large");
        out[i] = static_cast<int32_t>(out[i] + before + after);
    }
    return std::vector<Shape>{out};
}

Shapes transpose(const OpShapes& view) {
    if (!view.hasInput(0) || !view.hasInput(1)) return broken("needs an input and a permutation");
    const auto permutation = view.ints(1);
    if (!permutation) return view.declared();
    const Shape& in = view.shape(0);
    if (permutation->size() != in.size()) return broken("the permutation does not match the rank");
    Shape out(in.size());
    std::vector<bool> seen(in.size(), false);
    for (size_t i = 0; i < in.size(); ++i) {
        const auto axis = axisOf((*permutation)[i], in.size());
        if (!axis || seen[*axis]) return broken("the permutation is not one");
        seen[*axis] = true;
        out[i] = in[*axis];
    }
    return std::vector<Shape>{out};
}

Shapes pack(const OpShapes& view) {
    const auto* o = view.options<types::PartsOptions>();
    if (!o || view.inputCount() == 0 || !view.hasInput(0))
        return broken("needs an axis and inputs");
    Shape out = view.shape(0);
    const auto axis = axisOf(o->axis, out.size() + 1);
    if (!axis) return broken("axis is out of range");
    for (size_t i = 1; i < view.inputCount(); ++i)
        if (!view.hasInput(i) || view.shape(i) != out) return broken("inputs differ in shape");
    out.insert(out.begin() + static_cast<int64_t>(*axis), static_cast<int32_t>(view.inputCount()));
    return std::vector<Shape>{out};
}

Shapes unpack(const OpShapes& view) {
    const auto* o = view.options<types::PartsOptions>();
    if (!o || !view.hasInput(0)) return broken("needs an axis and an input");
    Shape out = view.shape(0);
    const auto axis = axisOf(o->axis, out.size());
    if (!axis || static_cast<size_t>(out[*axis]) != view.op.outputs.size())
        return broken("axis is out of range or does not match the outputs");
    out.erase(out.begin() + static_cast<int64_t>(*axis));
    return std::vector<Shape>(view.op.outputs.size(), out);
}

Shapes split(const OpShapes& view) {
    const size_t parts = view.op.outputs.size();
    if (view.inputCount() < 2 || !view.hasInput(1) || parts == 0)
        return broken("needs an axis and an input");
    const auto axes = view.ints(0);
    if (!axes) return view.declared();
    Shape out = view.shape(1);
    const auto axis = axes->size() == 1 ? axisOf((*axes)[0], out.size()) : std::nullopt;
    if (!axis) return broken("axis is out of range");
    if (out[*axis] % static_cast<int32_t>(parts) != 0)
        return broken("the axis does not divide into " + std::to_string(parts) + " parts");
    out[*axis] /= static_cast<int32_t>(parts);
    return std::vector<Shape>(parts, out);
}

Shapes splitV(const OpShapes& view) {
    if (view.inputCount() < 3 || !view.hasInput(0)) return broken("needs input, sizes and axis");
    const auto sizes = view.ints(1), axes = view.ints(2);
    if (!sizes || !axes) return view.declared();
    const Shape& in = view.shape(0);
    const auto axis = axes->size() == 1 ? axisOf((*axes)[0], in.size()) : std::nullopt;
    if (!axis || sizes->size() != view.op.outputs.size())
        return broken("axis is out of range or sizes do not match the outputs");
    int64_t known = 0, open = 0;
    for (int64_t size : *sizes) {
        if (size == -1)
            ++open;
        else
            known += std::clamp<int64_t>(size, 0, kMaxDimension);
    }
    std::vector<Shape> outs;
    for (int64_t size : *sizes) {
        Shape out = in;
        const int64_t part = size == -1 ? in[*axis] - known : size;
        if (!saneDimension(part)) return broken("sizes do not sum to the axis");
        out[*axis] = static_cast<int32_t>(part);
        outs.push_back(out);
    }
    if (open > 1 || (open == 0 && known != in[*axis]))
        return broken("sizes do not sum to the axis");
    return outs;
}

Shapes blocks(const OpShapes& view) {
    const auto* o = view.options<types::BlockOptions>();
    if (!o || o->blockSize <= 0 || o->blockSize > (1 << 15))
        return broken("needs a block size of at least 1");
    if (!view.hasInput(0) || view.shape(0).size() != 4) return broken("needs a 4-D input");
    const Shape& in = view.shape(0);
    const int64_t block = o->blockSize, area = block * block;
    std::array<int64_t, 4> out{};
    if (view.op.kind == OpKind::SPACE_TO_DEPTH) {
        if (in[1] % block || in[2] % block) return broken("the block does not divide the input");
        out = {in[0], in[1] / block, in[2] / block, in[3] * area};
    } else {
        if (in[3] % area) return broken("the block does not divide the channels");
        out = {in[0], in[1] * block, in[2] * block, in[3] / area};
    }
    if (!std::all_of(out.begin(), out.end(), saneDimension))
        return broken("the block makes the output too large");
    return std::vector<Shape>{Shape(out.begin(), out.end())};
}

Shapes spaceToBatch(const OpShapes& view) {
    const auto block = view.ints(1), edges = view.ints(2);
    if (view.inputCount() < 3 || !view.hasInput(0))
        return broken("needs input, block and paddings");
    if (!block || !edges) return view.declared();
    const bool forward = view.op.kind == OpKind::SPACE_TO_BATCH_ND;
    Shape out = view.shape(0);
    if (out.size() < block->size() + 1 || edges->size() != 2 * block->size())
        return broken("block and paddings do not match the input");
    int64_t batch = out[0];
    for (size_t i = 0; i < block->size(); ++i) {
        const int64_t size = (*block)[i], rim = (*edges)[2 * i] + (*edges)[2 * i + 1];
        if (size <= 0 || !saneDimension(size) || (*edges)[2 * i] < 0 || (*edges)[2 * i + 1] < 0 ||
            !saneDimension(rim))
            return broken("block sizes must be at least 1 and paddings at least 0");
        const int64_t length = forward ? out[i + 1] + rim : out[i + 1] * size - rim;
        if (!saneDimension(length) || (forward ? length % size : batch % size) != 0)
            return broken("the block does not divide the input");
        out[i + 1] = static_cast<int32_t>(forward ? length / size : length);
        batch = forward ? batch * size : batch / size;
        if (!saneDimension(batch)) return broken("the batch is too large");
    }
    out[0] = static_cast<int32_t>(batch);
    return std::vector<Shape>{out};
}

Shapes tile(const OpShapes& view) {
    const auto multiples = view.ints(1);
    if (!view.hasInput(0) || view.inputCount() < 2) return broken("needs an input and multiples");
    if (!multiples) return view.declared();
    Shape out = view.shape(0);
    if (multiples->size() != out.size()) return broken("multiples do not match the rank");
    for (size_t i = 0; i < out.size(); ++i) {
        const int64_t multiple = (*multiples)[i];
        if (!saneDimension(multiple) || !saneDimension(multiple * out[i]))
            return broken("multiples are out of range");
        out[i] = static_cast<int32_t>(out[i] * multiple);
    }
    return std::vector<Shape>{out};
}

}  // namespace

ShapeRule dataMovementRule(OpKind kind) {
    switch (kind) {
        case OpKind::RESHAPE:
            return reshape;
        case OpKind::SQUEEZE:
            return squeeze;
        case OpKind::EXPAND_DIMS:
            return expandDims;
        case OpKind::CONCATENATION:
            return concatenation;
        case OpKind::PAD:
        case OpKind::PADV2:
        case OpKind::MIRROR_PAD:
            return pad;
        case OpKind::TRANSPOSE:
            return transpose;
        case OpKind::PACK:
            return pack;
        case OpKind::UNPACK:
            return unpack;
        case OpKind::SPLIT:
            return split;
        case OpKind::SPLIT_V:
            return splitV;
        case OpKind::SPACE_TO_DEPTH:
        case OpKind::DEPTH_TO_SPACE:
            return blocks;
        case OpKind::SPACE_TO_BATCH_ND:
        case OpKind::BATCH_TO_SPACE_ND:
            return spaceToBatch;
        case OpKind::TILE:
            return tile;
        default:
            return nullptr;
    }
}

}  // namespace analysis
