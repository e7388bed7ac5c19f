// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/windows.h"
#include "runtime/kernels/pool.h"

namespace lowering {

using runtime::KernelId;
using types::DataType;

OpPlan preparePool(const OpView& op) {
    const auto& o = op.options<types::WindowOptions>();
    ParamBlock<runtime::PoolParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.output(), type, "output");
    op.require(o.dilationHeight == 1 && o.dilationWidth == 1, "with dilation has no kernel");
    params->window = makeWindow(op, o.filterHeight, o.filterWidth);
    op.require(params->window.inChannels == params->window.outChannels,
               "needs as many output as input channels");
    requireTapEverywhere(op, params->window);
    if (type != DataType::Float32) requireSameQuantization(op, op.input(0), op.output());
    setActivation(op, o.activation, *params);
    if (op.kind() == types::OpKind::L2_POOL_2D)
        return {op.choose(type, {{DataType::Float32, KernelId::L2PoolFloat32}}),
                params.bytes(),
                {},
                {}};
    const bool average = op.kind() == types::OpKind::AVERAGE_POOL_2D;
    const KernelId kernel =
        average ? op.choose(type, {{DataType::Int8, KernelId::AveragePoolInt8},
                                   {DataType::Int16, KernelId::AveragePoolInt16},
                                   {DataType::Float32, KernelId::AveragePoolFloat32}})
                : op.choose(type, {{DataType::Int8, KernelId::MaxPoolInt8},
                                   {DataType::Int16, KernelId::MaxPoolInt16},
                                   {DataType::Float32, KernelId::MaxPoolFloat32}});
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
