// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/view.h"

#include <algorithm>
#include <numeric>

namespace onnx {
namespace {

using types::Shape;

/// Cuts two shapes of equal element count into common factors. Each entry: size, axis of `a`, axis
/// of `b`.
struct Cut {
    int32_t size;
    size_t a, b;
};
std::optional<std::vector<Cut>> commonCuts(const Shape& a, const Shape& b) {
    std::vector<Cut> cuts;
    size_t i = 0, j = 0;
    int32_t leftA = 1, leftB = 1;
    for (;;) {
        while (leftA == 1 && i < a.size())
            leftA = a[i++];
        while (leftB == 1 && j < b.size())
            leftB = b[j++];
        if (leftA == 1 || leftB == 1) break;
        const int32_t size = std::min(leftA, leftB);
        if (leftA % size != 0 || leftB % size != 0) return std::nullopt;
        cuts.push_back({size, i - 1, j - 1});
        leftA /= size;
        leftB /= size;
    }
    if (leftA != leftB) return std::nullopt;
    return cuts;
}

/// The plain view of the value's shape, where each of its axes lies together in memory.
std::optional<View> rebased(const View& view) {
    const auto factors = factorsOf(view);
    if (!factors) return std::nullopt;
    std::vector<size_t> position(factors->sizes.size());
    for (size_t i = 0; i < factors->memory.size(); ++i)
        position[factors->memory[i]] = i;
    AxisOrder order;
    std::vector<std::pair<size_t, int32_t>> starts;
    for (size_t axis = 0; axis < factors->ofAxis.size(); ++axis) {
        const auto& own = factors->ofAxis[axis];
        for (size_t k = 1; k < own.size(); ++k)
            if (position[own[k]] != position[own[k - 1]] + 1) return std::nullopt;
        if (own.empty())
            order.push_back(static_cast<int32_t>(axis));
        else
            starts.emplace_back(position[own.front()], static_cast<int32_t>(axis));
    }
    std::sort(starts.begin(), starts.end());
    for (const auto& [start, axis] : starts)
        order.push_back(axis);
    return viewOf(view.tensor, view.shape, order);
}

}  // namespace

Shape View::base() const {
    Shape result(dims.size());
    for (size_t i = 0; i < dims.size(); ++i)
        result[static_cast<size_t>(order[i])] = dims[i];
    return result;
}

AxisOrder identityOrder(size_t rank) {
    AxisOrder order(rank);
    std::iota(order.begin(), order.end(), 0);
    return order;
}

AxisOrder inverseOrder(const AxisOrder& order) {
    AxisOrder result(order.size());
    for (size_t i = 0; i < order.size(); ++i)
        result[static_cast<size_t>(order[i])] = static_cast<int32_t>(i);
    return result;
}

AxisOrder channelsLast(size_t rank) {
    AxisOrder order = identityOrder(rank);
    if (rank > 2) std::rotate(order.begin() + 1, order.begin() + 2, order.end());
    return order;
}

Shape ordered(const Shape& shape, const AxisOrder& order) {
    Shape result;
    for (int32_t axis : order)
        result.push_back(shape[static_cast<size_t>(axis)]);
    return result;
}

View viewOf(int32_t tensor, const Shape& shape, const AxisOrder& order) {
    return {tensor, ordered(shape, order), order, shape};
}

View reshapedView(const View& view, const Shape& shape) {
    View result = view;
    result.shape = shape;
    if (result.isPlain()) return result;
    if (auto plain = rebased(result)) return *plain;
    return result;
}

View transposedView(const View& view, const std::vector<int32_t>& permutation) {
    const AxisOrder inverse = inverseOrder(permutation);
    View result = view;
    for (int32_t& axis : result.order)
        axis = inverse[static_cast<size_t>(axis)];
    result.shape = ordered(view.shape, permutation);
    return result;
}

std::optional<Factors> factorsOf(const View& view) {
    const Shape base = view.base();
    const auto cuts = commonCuts(base, view.shape);
    if (!cuts) return std::nullopt;
    Factors result;
    result.ofAxis.resize(view.shape.size());
    std::vector<std::vector<size_t>> ofBase(base.size());
    for (const Cut& cut : *cuts) {
        ofBase[cut.a].push_back(result.sizes.size());
        result.ofAxis[cut.b].push_back(result.sizes.size());
        result.sizes.push_back(cut.size);
    }
    for (int32_t axis : view.order)
        for (size_t factor : ofBase[static_cast<size_t>(axis)])
            result.memory.push_back(factor);
    return result;
}

bool isInOrder(const View& view, const AxisOrder& order) {
    const auto factors = factorsOf(view);
    if (!factors) return false;
    std::vector<size_t> wanted;
    for (int32_t axis : order)
        for (size_t factor : factors->ofAxis[static_cast<size_t>(axis)])
            wanted.push_back(factor);
    return wanted == factors->memory;
}

}  // namespace onnx
