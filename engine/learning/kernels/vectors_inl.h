// SPDX-License-Identifier: GPL-3.0-or-later
// Float vectors of one instruction set, whole or of a part of their lanes.

#if defined(NETCALIPER_LEARNING_VECTORS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_LEARNING_VECTORS_INL_H
#undef NETCALIPER_LEARNING_VECTORS_INL_H
#else
#define NETCALIPER_LEARNING_VECTORS_INL_H
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace learning::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;
/// Known when compiled: scalable vectors are disabled for these sources.
constexpr size_t kLanes = hn::MaxLanes(D());
/// Positions of a tile: as many sums of two vectors as registers hold.
constexpr int kTileRows = HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4 ? 6 : 8;

HWY_INLINE V loadPart(const float* from, size_t count) {
    if (count >= kLanes) return hn::LoadU(D(), from);
    return hn::MaskedLoad(hn::FirstN(D(), count), D(), from);
}

HWY_INLINE void storePart(V v, float* to, size_t count) {
    if (count >= kLanes)
        hn::StoreU(v, D(), to);
    else
        hn::BlendedStore(v, hn::FirstN(D(), count), D(), to);
}

}  // namespace learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
