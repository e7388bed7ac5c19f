// SPDX-License-Identifier: GPL-3.0-or-later
// describeOptions(): the options of an operator in words. Omits unimportant options with their
// usual value.
#include <QStringList>

#include "views/models/layer_description.h"

namespace views {
namespace {

using Lines = std::vector<std::pair<QString, QString>>;

QString activationText(types::Activation activation) {
    static const char* const kNames[] = {"none", "relu", "relu -1 to 1", "relu6", "tanh", "sign"};
    return kNames[static_cast<size_t>(activation)];
}

QString pair(int height, int width) {
    return QStringLiteral("%1 × %2").arg(height).arg(width);
}

void addActivation(Lines& lines, types::Activation activation) {
    if (activation != types::Activation::None)
        lines.emplace_back("Activation", activationText(activation));
}

void addFlag(Lines& lines, const char* name, bool value) {
    if (value) lines.emplace_back(name, "yes");
}

void addNumber(Lines& lines, const char* name, double value) {
    lines.emplace_back(name, QString::number(value, 'g', 6));
}

struct Describer {
    Lines lines;

    void operator()(const std::monostate&) {}
    void operator()(const types::WindowOptions& o) {
        lines.emplace_back("Stride", pair(o.strideHeight, o.strideWidth));
        lines.emplace_back("Padding", o.padding == types::Padding::Same ? "same" : "valid");
        if (o.filterHeight > 0) lines.emplace_back("Filter", pair(o.filterHeight, o.filterWidth));
        if (o.dilationHeight != 1 || o.dilationWidth != 1)
            lines.emplace_back("Dilation", pair(o.dilationHeight, o.dilationWidth));
        if (o.depthMultiplier > 1) addNumber(lines, "Depth multiplier", o.depthMultiplier);
        addActivation(lines, o.activation);
    }
    void operator()(const types::FullyConnectedOptions& o) {
        addActivation(lines, o.activation);
        addFlag(lines, "Keeps dimensions", o.keepNumDims);
    }
    void operator()(const types::ArithmeticOptions& o) { addActivation(lines, o.activation); }
    void operator()(const types::SoftmaxOptions& o) { addNumber(lines, "Beta", double(o.beta)); }
    void operator()(const types::ConcatenationOptions& o) {
        addNumber(lines, "Axis", o.axis);
        addActivation(lines, o.activation);
    }
    void operator()(const types::ReshapeOptions& o) {
        if (!o.newShape.empty())
            lines.emplace_back("New shape", QString::fromStdString(types::shapeText(o.newShape)));
    }
    void operator()(const types::SvdfOptions& o) {
        addNumber(lines, "Rank", o.rank);
        addActivation(lines, o.activation);
    }
    void operator()(const types::LstmOptions& o) {
        addActivation(lines, o.activation);
        addNumber(lines, "Cell clip", double(o.cellClip));
        addFlag(lines, "Time major", o.timeMajor);
    }
    void operator()(const types::ReduceOptions& o) {
        lines.emplace_back("Keeps dimensions", o.keepDims ? "yes" : "no");
    }
    void operator()(const types::SqueezeOptions& o) {
        QStringList dims;
        for (int dim : o.dims)
            dims << QString::number(dim);
        if (!dims.isEmpty()) lines.emplace_back("Squeezes", dims.join(", "));
    }
    void operator()(const types::ResizeOptions& o) {
        addFlag(lines, "Align corners", o.alignCorners);
        addFlag(lines, "Half pixel centers", o.halfPixelCenters);
    }
    void operator()(const types::StridedSliceOptions& o) {
        lines.emplace_back("Masks", QStringLiteral("begin %1, end %2, shrink %3, new axis %4, "
                                                   "ellipsis %5")
                                        .arg(o.beginMask)
                                        .arg(o.endMask)
                                        .arg(o.shrinkAxisMask)
                                        .arg(o.newAxisMask)
                                        .arg(o.ellipsisMask));
    }
    void operator()(const types::PartsOptions& o) {
        addNumber(lines, "Parts", o.parts);
        addNumber(lines, "Axis", o.axis);
    }
    void operator()(const types::GatherOptions& o) {
        addNumber(lines, "Axis", o.axis);
        addNumber(lines, "Batch dimensions", o.batchDims);
    }
    void operator()(const types::CastOptions& o) {
        lines.emplace_back("Casts", QString::fromStdString(types::dataTypeName(o.from) + " to " +
                                                           types::dataTypeName(o.to)));
    }
    void operator()(const types::IndexTypeOptions& o) {
        lines.emplace_back("Output type",
                           QString::fromStdString(types::dataTypeName(o.outputType)));
    }
    void operator()(const types::LeakyReluOptions& o) {
        addNumber(lines, "Alpha", double(o.alpha));
    }
    void operator()(const types::MirrorPadOptions& o) {
        lines.emplace_back("Mode", o.symmetric ? "symmetric" : "reflect");
    }
    void operator()(const types::BatchMatMulOptions& o) {
        addFlag(lines, "Transposes left", o.transposeLeft);
        addFlag(lines, "Transposes right", o.transposeRight);
    }
    void operator()(const types::CumsumOptions& o) {
        addFlag(lines, "Exclusive", o.exclusive);
        addFlag(lines, "Reverse", o.reverse);
    }
    void operator()(const types::BlockOptions& o) { addNumber(lines, "Block", o.blockSize); }
    void operator()(const types::SubgraphOptions& o) {
        addNumber(lines, "Subgraph", o.first);
        if (o.second >= 0) addNumber(lines, "Second subgraph", o.second);
    }
    void operator()(const types::VarHandleOptions& o) {
        lines.emplace_back("Variable", QString::fromStdString(o.sharedName));
    }
    void operator()(const types::CustomOptions& o) {
        for (const auto& number : o.numbers)
            lines.emplace_back(QString::fromStdString(number.name),
                               QString::number(number.value, 'g', 10));
    }
};

}  // namespace

Lines describeOptions(const types::Op& op) {
    Describer describer;
    std::visit(describer, op.options);
    if (op.version > 1) addNumber(describer.lines, "Op version", op.version);
    return describer.lines;
}

}  // namespace views
