// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/broadcast_args.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

/// The dimension `fromEnd` places before the last one; 1 before the first.
template <typename T>
int32_t dimension(const T* shape, int32_t rank, int32_t fromEnd) {
    return fromEnd < rank ? static_cast<int32_t>(shape[rank - 1 - fromEnd]) : 1;
}

template <typename T>
Status broadcastShapes(const Call& call) {
    const auto& p = call.params<BroadcastArgsParams>();
    T* output = call.output<T>();
    for (int32_t i = 0; i < p.output; ++i) {
        const int32_t a = dimension(call.input<T>(0), p.first, i);
        const int32_t b = dimension(call.input<T>(1), p.second, i);
        if (a != 1 && b != 1 && a != b) return Status::BadData;
        output[p.output - 1 - i] = a == 1 ? b : a;
    }
    return Status::Ok;
}

}  // namespace

Status broadcastArgs(const Call& call) {
    return call.params<BroadcastArgsParams>().wide != 0 ? broadcastShapes<int64_t>(call)
                                                        : broadcastShapes<int32_t>(call);
}

}  // namespace runtime
