// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/op_options.h"

#include "tflite/custom_options.h"

// Each exchange() lists the fields that a table of the container shares with a typed option. It
// serves both directions, which cannot diverge: `link` copies to its first argument when reading.

namespace tflite {
namespace {
using namespace types;

struct Reading {
    template <typename Typed, typename Stored>
    void operator()(Typed& typed, Stored& stored) const {
        typed = static_cast<Typed>(stored);
    }
};

struct Writing {
    template <typename Typed, typename Stored>
    void operator()(Typed& typed, Stored& stored) const {
        stored = static_cast<Stored>(typed);
    }
};

template <typename Table, typename... Tables>
concept OneOf = (std::is_same_v<Table, Tables> || ...);

template <typename Link>
void exchange(Link link, WindowOptions& o, schema::Conv2DOptionsT& t) {
    link(o.padding, t.padding);
    link(o.strideWidth, t.stride_w);
    link(o.strideHeight, t.stride_h);
    link(o.activation, t.fused_activation_function);
    link(o.dilationWidth, t.dilation_w_factor);
    link(o.dilationHeight, t.dilation_h_factor);
    link(o.quantizedBiasType, t.quantized_bias_type);
}

template <typename Link>
void exchange(Link link, WindowOptions& o, schema::DepthwiseConv2DOptionsT& t) {
    link(o.padding, t.padding);
    link(o.strideWidth, t.stride_w);
    link(o.strideHeight, t.stride_h);
    link(o.depthMultiplier, t.depth_multiplier);
    link(o.activation, t.fused_activation_function);
    link(o.dilationWidth, t.dilation_w_factor);
    link(o.dilationHeight, t.dilation_h_factor);
}

template <typename Link>
void exchange(Link link, WindowOptions& o, schema::TransposeConvOptionsT& t) {
    link(o.padding, t.padding);
    link(o.strideWidth, t.stride_w);
    link(o.strideHeight, t.stride_h);
    link(o.activation, t.fused_activation_function);
    link(o.quantizedBiasType, t.quantized_bias_type);
}

template <typename Link>
void exchange(Link link, WindowOptions& o, schema::Pool2DOptionsT& t) {
    link(o.padding, t.padding);
    link(o.strideWidth, t.stride_w);
    link(o.strideHeight, t.stride_h);
    link(o.filterWidth, t.filter_width);
    link(o.filterHeight, t.filter_height);
    link(o.activation, t.fused_activation_function);
}

template <typename Link>
void exchange(Link link, FullyConnectedOptions& o, schema::FullyConnectedOptionsT& t) {
    link(o.activation, t.fused_activation_function);
    link(o.shuffledWeights, t.weights_format);
    link(o.keepNumDims, t.keep_num_dims);
    link(o.asymmetricQuantizeInputs, t.asymmetric_quantize_inputs);
    link(o.quantizedBiasType, t.quantized_bias_type);
}

template <typename Link, OneOf<schema::AddOptionsT, schema::SubOptionsT> Table>
void exchange(Link link, ArithmeticOptions& o, Table& t) {
    link(o.activation, t.fused_activation_function);
    link(o.potScaleInt16, t.pot_scale_int16);
}

template <typename Link,
          OneOf<schema::MulOptionsT, schema::DivOptionsT, schema::L2NormOptionsT> Table>
void exchange(Link link, ArithmeticOptions& o, Table& t) {
    link(o.activation, t.fused_activation_function);
}

template <typename Link>
void exchange(Link link, SoftmaxOptions& o, schema::SoftmaxOptionsT& t) {
    link(o.beta, t.beta);
}

template <typename Link>
void exchange(Link link, ConcatenationOptions& o, schema::ConcatenationOptionsT& t) {
    link(o.axis, t.axis);
    link(o.activation, t.fused_activation_function);
}

template <typename Link>
void exchange(Link link, ReshapeOptions& o, schema::ReshapeOptionsT& t) {
    link(o.newShape, t.new_shape);
}

template <typename Link>
void exchange(Link link, SvdfOptions& o, schema::SVDFOptionsT& t) {
    link(o.rank, t.rank);
    link(o.activation, t.fused_activation_function);
    link(o.asymmetricQuantizeInputs, t.asymmetric_quantize_inputs);
}

template <typename Link>
void exchange(Link link, LstmOptions& o, schema::UnidirectionalSequenceLSTMOptionsT& t) {
    link(o.activation, t.fused_activation_function);
    link(o.cellClip, t.cell_clip);
    link(o.projectionClip, t.proj_clip);
    link(o.timeMajor, t.time_major);
    link(o.asymmetricQuantizeInputs, t.asymmetric_quantize_inputs);
    link(o.diagonalRecurrentTensors, t.diagonal_recurrent_tensors);
}

template <typename Link>
void exchange(Link link, ReduceOptions& o, schema::ReducerOptionsT& t) {
    link(o.keepDims, t.keep_dims);
}

template <typename Link>
void exchange(Link link, SqueezeOptions& o, schema::SqueezeOptionsT& t) {
    link(o.dims, t.squeeze_dims);
}

template <typename Link,
          OneOf<schema::ResizeBilinearOptionsT, schema::ResizeNearestNeighborOptionsT> Table>
void exchange(Link link, ResizeOptions& o, Table& t) {
    link(o.alignCorners, t.align_corners);
    link(o.halfPixelCenters, t.half_pixel_centers);
}

template <typename Link>
void exchange(Link link, StridedSliceOptions& o, schema::StridedSliceOptionsT& t) {
    link(o.beginMask, t.begin_mask);
    link(o.endMask, t.end_mask);
    link(o.ellipsisMask, t.ellipsis_mask);
    link(o.newAxisMask, t.new_axis_mask);
    link(o.shrinkAxisMask, t.shrink_axis_mask);
    link(o.offset, t.offset);
}

template <typename Link, OneOf<schema::SplitOptionsT, schema::SplitVOptionsT> Table>
void exchange(Link link, PartsOptions& o, Table& t) {
    link(o.parts, t.num_splits);
}

template <typename Link>
void exchange(Link link, PartsOptions& o, schema::PackOptionsT& t) {
    link(o.parts, t.values_count);
    link(o.axis, t.axis);
}

template <typename Link>
void exchange(Link link, PartsOptions& o, schema::UnpackOptionsT& t) {
    link(o.parts, t.num);
    link(o.axis, t.axis);
}

template <typename Link>
void exchange(Link link, GatherOptions& o, schema::GatherOptionsT& t) {
    link(o.axis, t.axis);
    link(o.batchDims, t.batch_dims);
}

template <typename Link>
void exchange(Link link, CastOptions& o, schema::CastOptionsT& t) {
    link(o.from, t.in_data_type);
    link(o.to, t.out_data_type);
}

template <typename Link, OneOf<schema::ArgMaxOptionsT, schema::ArgMinOptionsT> Table>
void exchange(Link link, IndexTypeOptions& o, Table& t) {
    link(o.outputType, t.output_type);
}

template <typename Link>
void exchange(Link link, IndexTypeOptions& o, schema::ShapeOptionsT& t) {
    link(o.outputType, t.out_type);
}

template <typename Link>
void exchange(Link link, LeakyReluOptions& o, schema::LeakyReluOptionsT& t) {
    link(o.alpha, t.alpha);
}

template <typename Link>
void exchange(Link link, MirrorPadOptions& o, schema::MirrorPadOptionsT& t) {
    link(o.symmetric, t.mode);
}

template <typename Link>
void exchange(Link link, BatchMatMulOptions& o, schema::BatchMatMulOptionsT& t) {
    link(o.transposeLeft, t.adj_x);
    link(o.transposeRight, t.adj_y);
    link(o.asymmetricQuantizeInputs, t.asymmetric_quantize_inputs);
}

template <typename Link>
void exchange(Link link, CumsumOptions& o, schema::CumsumOptionsT& t) {
    link(o.exclusive, t.exclusive);
    link(o.reverse, t.reverse);
}

template <typename Link, OneOf<schema::SpaceToDepthOptionsT, schema::DepthToSpaceOptionsT> Table>
void exchange(Link link, BlockOptions& o, Table& t) {
    link(o.blockSize, t.block_size);
}

template <typename Link>
void exchange(Link link, SubgraphOptions& o, schema::IfOptionsT& t) {
    link(o.first, t.then_subgraph_index);
    link(o.second, t.else_subgraph_index);
}

template <typename Link>
void exchange(Link link, SubgraphOptions& o, schema::WhileOptionsT& t) {
    link(o.first, t.cond_subgraph_index);
    link(o.second, t.body_subgraph_index);
}

template <typename Link>
void exchange(Link link, SubgraphOptions& o, schema::CallOnceOptionsT& t) {
    link(o.first, t.init_subgraph_index);
}

template <typename Link>
void exchange(Link link, types::VarHandleOptions& o, schema::VarHandleOptionsT& t) {
    link(o.container, t.container);
    link(o.sharedName, t.shared_name);
}

/// Calls `visit` with a null pointer of the table's type and a default typed option, for the pair
/// that belongs to an options tag. Returns false for a tag that we do not interpret.
template <typename Visit>
bool visitPair(schema::BuiltinOptions tag, Visit visit) {
#define NETCALIPER_PAIR(Typed, Table)       \
    case schema::BuiltinOptions_##Table:    \
        visit(Typed{}, schema::Table##T{}); \
        return true;
    switch (tag) {
        NETCALIPER_PAIR(WindowOptions, Conv2DOptions)
        NETCALIPER_PAIR(WindowOptions, DepthwiseConv2DOptions)
        NETCALIPER_PAIR(WindowOptions, TransposeConvOptions)
        NETCALIPER_PAIR(WindowOptions, Pool2DOptions)
        NETCALIPER_PAIR(types::FullyConnectedOptions, FullyConnectedOptions)
        NETCALIPER_PAIR(ArithmeticOptions, AddOptions)
        NETCALIPER_PAIR(ArithmeticOptions, SubOptions)
        NETCALIPER_PAIR(ArithmeticOptions, MulOptions)
        NETCALIPER_PAIR(ArithmeticOptions, DivOptions)
        NETCALIPER_PAIR(ArithmeticOptions, L2NormOptions)
        NETCALIPER_PAIR(types::SoftmaxOptions, SoftmaxOptions)
        NETCALIPER_PAIR(types::ConcatenationOptions, ConcatenationOptions)
        NETCALIPER_PAIR(types::ReshapeOptions, ReshapeOptions)
        NETCALIPER_PAIR(SvdfOptions, SVDFOptions)
        NETCALIPER_PAIR(LstmOptions, UnidirectionalSequenceLSTMOptions)
        NETCALIPER_PAIR(ReduceOptions, ReducerOptions)
        NETCALIPER_PAIR(types::SqueezeOptions, SqueezeOptions)
        NETCALIPER_PAIR(ResizeOptions, ResizeBilinearOptions)
        NETCALIPER_PAIR(ResizeOptions, ResizeNearestNeighborOptions)
        NETCALIPER_PAIR(types::StridedSliceOptions, StridedSliceOptions)
        NETCALIPER_PAIR(PartsOptions, SplitOptions)
        NETCALIPER_PAIR(PartsOptions, SplitVOptions)
        NETCALIPER_PAIR(PartsOptions, PackOptions)
        NETCALIPER_PAIR(PartsOptions, UnpackOptions)
        NETCALIPER_PAIR(types::GatherOptions, GatherOptions)
        NETCALIPER_PAIR(types::CastOptions, CastOptions)
        NETCALIPER_PAIR(IndexTypeOptions, ArgMaxOptions)
        NETCALIPER_PAIR(IndexTypeOptions, ArgMinOptions)
        NETCALIPER_PAIR(IndexTypeOptions, ShapeOptions)
        NETCALIPER_PAIR(types::LeakyReluOptions, LeakyReluOptions)
        NETCALIPER_PAIR(types::MirrorPadOptions, MirrorPadOptions)
        NETCALIPER_PAIR(types::BatchMatMulOptions, BatchMatMulOptions)
        NETCALIPER_PAIR(types::CumsumOptions, CumsumOptions)
        NETCALIPER_PAIR(BlockOptions, SpaceToDepthOptions)
        NETCALIPER_PAIR(BlockOptions, DepthToSpaceOptions)
        NETCALIPER_PAIR(SubgraphOptions, IfOptions)
        NETCALIPER_PAIR(SubgraphOptions, WhileOptions)
        NETCALIPER_PAIR(SubgraphOptions, CallOnceOptions)
        NETCALIPER_PAIR(types::VarHandleOptions, VarHandleOptions)
        default:
            return false;
    }
#undef NETCALIPER_PAIR
}

/// Options tag of an operator that we created.
schema::BuiltinOptions tagFor(const Op& op) {
    switch (op.kind) {
        case OpKind::CONV_2D:
            return schema::BuiltinOptions_Conv2DOptions;
        case OpKind::DEPTHWISE_CONV_2D:
            return schema::BuiltinOptions_DepthwiseConv2DOptions;
        case OpKind::TRANSPOSE_CONV:
            return schema::BuiltinOptions_TransposeConvOptions;
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::L2_POOL_2D:
        case OpKind::MAX_POOL_2D:
            return schema::BuiltinOptions_Pool2DOptions;
        case OpKind::FULLY_CONNECTED:
            return schema::BuiltinOptions_FullyConnectedOptions;
        case OpKind::BATCH_MATMUL:
            return schema::BuiltinOptions_BatchMatMulOptions;
        case OpKind::ADD:
            return schema::BuiltinOptions_AddOptions;
        case OpKind::SUB:
            return schema::BuiltinOptions_SubOptions;
        case OpKind::MUL:
            return schema::BuiltinOptions_MulOptions;
        case OpKind::DIV:
            return schema::BuiltinOptions_DivOptions;
        case OpKind::SOFTMAX:
            return schema::BuiltinOptions_SoftmaxOptions;
        case OpKind::CONCATENATION:
            return schema::BuiltinOptions_ConcatenationOptions;
        case OpKind::RESHAPE:
            return schema::BuiltinOptions_ReshapeOptions;
        case OpKind::MEAN:
        case OpKind::SUM:
        case OpKind::REDUCE_MAX:
        case OpKind::REDUCE_MIN:
            return schema::BuiltinOptions_ReducerOptions;
        case OpKind::SQUEEZE:
            return schema::BuiltinOptions_SqueezeOptions;
        case OpKind::RESIZE_BILINEAR:
            return schema::BuiltinOptions_ResizeBilinearOptions;
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
            return schema::BuiltinOptions_ResizeNearestNeighborOptions;
        case OpKind::MIRROR_PAD:
            return schema::BuiltinOptions_MirrorPadOptions;
        case OpKind::STRIDED_SLICE:
            return schema::BuiltinOptions_StridedSliceOptions;
        case OpKind::GATHER:
            return schema::BuiltinOptions_GatherOptions;
        case OpKind::CAST:
            return schema::BuiltinOptions_CastOptions;
        case OpKind::ARG_MAX:
            return schema::BuiltinOptions_ArgMaxOptions;
        case OpKind::ARG_MIN:
            return schema::BuiltinOptions_ArgMinOptions;
        case OpKind::LEAKY_RELU:
            return schema::BuiltinOptions_LeakyReluOptions;
        case OpKind::SPLIT:
            return schema::BuiltinOptions_SplitOptions;
        case OpKind::SPLIT_V:
            return schema::BuiltinOptions_SplitVOptions;
        case OpKind::DEPTH_TO_SPACE:
            return schema::BuiltinOptions_DepthToSpaceOptions;
        case OpKind::SPACE_TO_DEPTH:
            return schema::BuiltinOptions_SpaceToDepthOptions;
        default:
            return schema::BuiltinOptions_NONE;
    }
}

}  // namespace

OpOptions readOptions(const schema::OperatorT& table) {
    OpOptions result;
    if (auto numbers = readCustomOptions(table.custom_options)) result = std::move(*numbers);
    if (const auto* composite = table.builtin_options_2.AsStableHLOCompositeOptions())
        result = SubgraphOptions{composite->decomposition_subgraph_index, -1};
    visitPair(table.builtin_options.type, [&]<typename Typed, typename Table>(Typed typed, Table) {
        if (!table.builtin_options.value) return;
        Table stored = *static_cast<const Table*>(table.builtin_options.value);
        exchange(Reading{}, typed, stored);
        result = std::move(typed);
    });
    return result;
}

void writeOptions(const Op& op, schema::OperatorT& table) {
    if (std::holds_alternative<std::monostate>(op.options)) return;
    if (const auto* custom = std::get_if<CustomOptions>(&op.options)) {
        if (table.custom_options.empty()) table.custom_options = packCustomOptions(*custom);
        return;
    }
    auto tag = table.builtin_options.type;
    if (tag == schema::BuiltinOptions_NONE) tag = tagFor(op);
    visitPair(tag, [&]<typename Typed, typename Table>(Typed, Table fresh) {
        const auto* typed = std::get_if<Typed>(&op.options);
        if (!typed) return;
        if (table.builtin_options.value)
            fresh = *static_cast<const Table*>(table.builtin_options.value);
        Typed source = *typed;
        exchange(Writing{}, source, fresh);
        table.builtin_options.Set(std::move(fresh));
    });
}

}  // namespace tflite
