// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: makes StridedIterators (runtime/kernels/strided_iterator.h) from shapes.
// Neighbouring dimensions are merged where the strides of every operand permit it, so that most
// iterators have one long row.

#include <cstdint>
#include <vector>

#include "runtime/kernels/strided_iterator.h"
#include "types/tensor.h"

namespace lowering {

/// Distance, in elements, between neighbours of each dimension, for a tensor without gaps.
std::vector<int32_t> stridesOf(const types::Shape& shape);

/// True where `shape` broadcasts to `target`.
bool broadcastsTo(const types::Shape& shape, const types::Shape& target);

/// Strides of `shape` when it is read as the broadcast `target`: 0 where it repeats.
std::vector<int32_t> broadcastStrides(const types::Shape& shape, const types::Shape& target);

namespace detail {

struct Joined {
    std::vector<int32_t> dims;
    std::vector<std::vector<int32_t>> strides;  ///< per operand
};
Joined joinDimensions(const types::Shape& dims, const std::vector<std::vector<int32_t>>& strides);

}  // namespace detail

template <int N>
runtime::StridedIterator<N> makeStridedIterator(const types::Shape& dims,
                                                const std::vector<std::vector<int32_t>>& strides) {
    const detail::Joined joined = detail::joinDimensions(dims, strides);
    runtime::StridedIterator<N> iterator;
    const size_t lead = runtime::kIteratorRank - joined.dims.size();
    for (size_t d = 0; d < joined.dims.size(); ++d) {
        iterator.dims[lead + d] = joined.dims[d];
        for (size_t n = 0; n < N; ++n)
            iterator.strides[n][lead + d] = joined.strides[n][d];
    }
    return iterator;
}

}  // namespace lowering
