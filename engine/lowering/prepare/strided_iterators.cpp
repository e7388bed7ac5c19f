// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/strided_iterators.h"

namespace lowering {

using types::Shape;

std::vector<int32_t> stridesOf(const Shape& shape) {
    std::vector<int32_t> strides(shape.size(), 1);
    for (size_t d = shape.size(); d-- > 1;)
        strides[d - 1] = strides[d] * shape[d];
    return strides;
}

bool broadcastsTo(const Shape& shape, const Shape& target) {
    if (shape.size() > target.size()) return false;
    const size_t lead = target.size() - shape.size();
    for (size_t d = 0; d < shape.size(); ++d)
        if (shape[d] != 1 && shape[d] != target[lead + d]) return false;
    return true;
}

std::vector<int32_t> broadcastStrides(const Shape& shape, const Shape& target) {
    const std::vector<int32_t> own = stridesOf(shape);
    std::vector<int32_t> strides(target.size(), 0);
    const size_t lead = target.size() - shape.size();
    for (size_t d = 0; d < shape.size(); ++d)
        if (shape[d] != 1) strides[lead + d] = own[d];
    return strides;
}

namespace detail {
namespace {

// Dimension d merges with the inner run where one step of d skips exactly that run.
bool joins(const std::vector<std::vector<int32_t>>& strides, size_t d, const Joined& inner) {
    // Wide, because the stride of an empty slice may be any number.
    for (size_t n = 0; n < strides.size(); ++n)
        if (strides[n][d] != int64_t{inner.strides[n].front()} * inner.dims.front()) return false;
    return true;
}

}  // namespace

Joined joinDimensions(const Shape& dims, const std::vector<std::vector<int32_t>>& strides) {
    Joined joined;
    joined.strides.resize(strides.size());
    for (size_t d = dims.size(); d-- > 0;) {
        if (dims[d] == 1) continue;
        if (!joined.dims.empty() && joins(strides, d, joined)) {
            joined.dims.front() *= dims[d];
            continue;
        }
        joined.dims.insert(joined.dims.begin(), dims[d]);
        for (size_t n = 0; n < strides.size(); ++n)
            joined.strides[n].insert(joined.strides[n].begin(), strides[n][d]);
    }
    return joined;
}

}  // namespace detail
}  // namespace lowering
