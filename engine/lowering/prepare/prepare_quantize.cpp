// SPDX-License-Identifier: GPL-3.0-or-later
// QUANTIZE and DEQUANTIZE.
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/quantize.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;

struct Conversion {
    DataType from, to;
    KernelId kernel;
};

constexpr Conversion kConversions[] = {
    {DataType::Float32, DataType::Int8, KernelId::QuantizeInt8},
    {DataType::Float32, DataType::Int16, KernelId::QuantizeInt16},
    {DataType::Int8, DataType::Int8, KernelId::RequantizeInt8ToInt8},
    {DataType::Int8, DataType::UInt8, KernelId::RequantizeInt8ToUInt8},
    {DataType::Int8, DataType::Int16, KernelId::RequantizeInt8ToInt16},
    {DataType::Int8, DataType::Int32, KernelId::RequantizeInt8ToInt32},
    {DataType::UInt8, DataType::Int8, KernelId::RequantizeUInt8ToInt8},
    {DataType::Int16, DataType::Int8, KernelId::RequantizeInt16ToInt8},
    {DataType::Int16, DataType::Int16, KernelId::RequantizeInt16ToInt16},
    {DataType::Int16, DataType::Int32, KernelId::RequantizeInt16ToInt32},
    {DataType::Int32, DataType::Int8, KernelId::RequantizeInt32ToInt8},
    {DataType::Int32, DataType::Int16, KernelId::RequantizeInt32ToInt16},
};

KernelId conversion(const OpView& op) {
    for (const Conversion& c : kConversions)
        if (c.from == op.input(0).type && c.to == op.output().type) return c.kernel;
    op.refuse("from " + types::dataTypeName(op.input(0).type) + " to " +
              types::dataTypeName(op.output().type) + " has no kernel, neither in TFLM");
}

}  // namespace

OpPlan prepareQuantize(const OpView& op) {
    ParamBlock<runtime::QuantizeParams> params;
    const KernelId kernel = conversion(op);
    op.require(count(op.input(0)) == count(op.output()), "changes the number of elements");
    params->elements = count(op.output());
    params->scale = scaleOf(op, op.output());
    params->outputZeroPoint = zeroPointOf(op, op.output());
    if (op.input(0).type != DataType::Float32) {
        const double input = static_cast<double>(scaleOf(op, op.input(0)));
        params->inputZeroPoint = zeroPointOf(op, op.input(0));
        params->factor = factorOf(op, input / static_cast<double>(params->scale));
    }
    return {kernel, params.bytes(), {}, {}};
}

// With scales per channel, TFLM reads the first for all elements; so do we.
OpPlan prepareDequantize(const OpView& op) {
    ParamBlock<runtime::QuantizeParams> params;
    op.requireType(op.output(), DataType::Float32, "output");
    op.require(count(op.input(0)) == count(op.output()), "changes the number of elements");
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::DequantizeInt8},
                                     {DataType::UInt8, KernelId::DequantizeUInt8},
                                     {DataType::Int16, KernelId::DequantizeInt16}});
    params->elements = count(op.output());
    params->scale = scaleOf(op, op.input(0));
    params->inputZeroPoint = op.input(0).quantization.firstZeroPoint();
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
