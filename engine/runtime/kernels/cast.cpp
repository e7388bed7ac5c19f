// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/cast.h"

#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

int64_t whole(float x) {
    if (!(x > -9.2233720e18f)) return INT64_MIN;
    return x >= 9.2233720e18f ? INT64_MAX : static_cast<int64_t>(x);
}

template <typename To>
To convert(float x) {
    if constexpr (sizeof(To) == 8 || static_cast<To>(-1) > UINT16_MAX)
        return static_cast<To>(whole(x));
    else
        return static_cast<To>(toInt32(x));
}
template <>
float convert<float>(float x) {
    return x;
}

template <typename From, typename To>
void castAs(const Call& call, int32_t elements, bool toBool) {
    const From* input = call.input<From>(0);
    To* output = call.output<To>();
    for (int32_t i = 0; i < elements; ++i) {
        if constexpr (sizeof(From) == 4 && static_cast<From>(0.5f) != From{0})
            output[i] = toBool ? static_cast<To>(input[i] != From{0}) : convert<To>(input[i]);
        else
            output[i] = static_cast<To>(toBool ? From{input[i] != From{0}} : input[i]);
    }
}

template <typename From>
Status castFrom(const Call& call, const CastParams& p) {
    switch (p.to) {
        case CastType::Float32:
            castAs<From, float>(call, p.elements, false);
            break;
        case CastType::Int8:
            castAs<From, int8_t>(call, p.elements, false);
            break;
        case CastType::UInt8:
            castAs<From, uint8_t>(call, p.elements, false);
            break;
        case CastType::Int16:
            castAs<From, int16_t>(call, p.elements, false);
            break;
        case CastType::Int32:
            castAs<From, int32_t>(call, p.elements, false);
            break;
        case CastType::Int64:
            castAs<From, int64_t>(call, p.elements, false);
            break;
        case CastType::UInt32:
            castAs<From, uint32_t>(call, p.elements, false);
            break;
        case CastType::Bool:
            castAs<From, uint8_t>(call, p.elements, true);
            break;
    }
    return Status::Ok;
}

}  // namespace

Status cast(const Call& call) {
    const auto& p = call.params<CastParams>();
    switch (p.from) {
        case CastType::Float32:
            return castFrom<float>(call, p);
        case CastType::Int8:
            return castFrom<int8_t>(call, p);
        case CastType::UInt8:
        case CastType::Bool:
            return castFrom<uint8_t>(call, p);
        case CastType::Int16:
            return castFrom<int16_t>(call, p);
        case CastType::Int32:
            return castFrom<int32_t>(call, p);
        case CastType::Int64:
            return castFrom<int64_t>(call, p);
        case CastType::UInt32:
            return castFrom<uint32_t>(call, p);
    }
    return Status::BadData;
}

}  // namespace runtime
