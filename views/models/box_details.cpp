// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/box_details.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "views/models/buffers_model.h"
#include "views/models/layer_description.h"

namespace views {
namespace {

using types::BoxKind;

QString inDetails(const char* text) {
    return QCoreApplication::translate("BoxDetails", text);
}

/// Long names may be broken where their parts end.
QString breakable(QString text) {
    text = text.toHtmlEscaped();
    for (const QChar mark : {QChar('_'), QChar('/')})
        text.replace(mark, QString(mark) + QChar(0x200b));
    return text;
}

/// Tensors and operators of one subgraph.
struct Surroundings {
    const types::Graph& graph;
    int subgraph;
    const std::vector<types::Op>& ops;
    const std::vector<types::Tensor>& tensors;
    QString muted;

    bool isConstant(int32_t tensor) const {
        return !graph.buffers[tensors[size_t(tensor)].buffer].empty();
    }
    QString link(size_t op) const {
        return QStringLiteral("<a href='%1:%2'>#%2 %3</a>")
            .arg(subgraph)
            .arg(op)
            .arg(breakable(QString::fromStdString(ops[op].name())));
    }
};

Surroundings surroundingsOf(const GraphPicture& picture, int subgraph, const QString& muted) {
    const types::Graph& graph = picture.graph();
    if (subgraph == 0) return {graph, 0, graph.ops, graph.tensors, muted};
    const types::Subgraph& other = graph.others[size_t(subgraph) - 1];
    return {graph, subgraph, other.ops, other.tensors, muted};
}

QString writersText(const Surroundings& at, int32_t tensor) {
    for (size_t op = 0; op < at.ops.size(); ++op)
        if (std::ranges::count(at.ops[op].outputs, tensor) > 0)
            return inDetails("from %1").arg(at.link(op));
    return at.isConstant(tensor) ? inDetails("constant") : inDetails("from outside");
}

QString readersText(const Surroundings& at, int32_t tensor) {
    constexpr int kMostReaders = 6;
    QStringList readers;
    int more = 0;
    for (size_t op = 0; op < at.ops.size(); ++op) {
        if (std::ranges::count(at.ops[op].inputs, tensor) == 0) continue;
        if (readers.size() < kMostReaders)
            readers << at.link(op);
        else
            ++more;
    }
    if (readers.isEmpty()) return inDetails("read by no operator");
    const QString rest = more > 0 ? inDetails(" and %1 more").arg(more) : QString();
    return inDetails("to %1").arg(readers.join(", ")) + rest;
}

QString tensorHtml(const Surroundings& at, int32_t index, bool isRead) {
    if (index < 0)
        return QStringLiteral("<p style='margin:3px 0'>%1</p>").arg(inDetails("left out"));
    const types::Tensor& tensor = at.tensors[size_t(index)];
    QStringList lines;
    lines << QStringLiteral("<b>T%1</b>&nbsp; %2 &nbsp;%3")
                 .arg(index)
                 .arg(breakable(wideShape(tensor.shape)),
                      breakable(QString::fromStdString(types::dataTypeName(tensor.type))));
    const QString quantization = describeQuantization(tensor);
    if (!quantization.isEmpty()) lines << breakable(quantization);
    QString where = isRead ? writersText(at, index) : readersText(at, index);
    if (!tensor.name.empty())
        where += QStringLiteral(" <span style='color:%1'>%2</span>")
                     .arg(at.muted, breakable(shortName(tensor.name)));
    lines << where;
    return QStringLiteral("<p style='margin:3px 0 5px 0'>%1</p>").arg(lines.join("<br>"));
}

QString headingHtml(const QString& text) {
    return QStringLiteral("<p style='margin:10px 0 2px 0'><b>%1</b></p>").arg(breakable(text));
}

QString opHtml(const Surroundings& at, int32_t index, const types::LayerEvaluation* layer) {
    const types::Op& op = at.ops[size_t(index)];
    QString html;
    if (layer && layer->error && layer->error->isolated) {
        const types::ErrorSize& own = *layer->error->isolated;
        const QString size = own.sqnrDb    ? shortText(Unit::Decibels, *own.sqnrDb)
                             : own.differs ? kUnknown
                                           : inDetails("none");
        html += QStringLiteral("<p style='margin:4px 0 0 0'>%1</p>")
                    .arg(inDetails("Error of its own (SQNR): %1").arg(size));
    }
    html += headingHtml(inDetails("Reads"));
    for (int32_t input : op.inputs)
        html += tensorHtml(at, input, true);
    html += headingHtml(inDetails("Writes"));
    for (int32_t output : op.outputs)
        html += tensorHtml(at, output, false);
    return html;
}

QString blockHtml(const Surroundings& at, const types::DrawnBox& box,
                  const types::RepeatedBlock& block) {
    constexpr int32_t kMostListed = 24;
    QString html = QStringLiteral("<p style='margin:6px 0'><a href='fold'>%1</a></p>")
                       .arg(inDetails("Unfold"));
    html += headingHtml(inDetails("One round"));
    QStringList links;
    const int32_t end = box.firstOp + std::min(block.length, kMostListed);
    for (int32_t op = box.firstOp; op < end; ++op)
        links << at.link(size_t(op));
    if (block.length > kMostListed)
        links << inDetails("and %1 more").arg(block.length - kMostListed);
    return html + links.join("<br>");
}

}  // namespace

QString boxDetailsHtml(const GraphPicture& picture, int index, const Reading& reading,
                       Metric metric, const QString& muted) {
    const types::DrawnBox& box = picture.box(index);
    const Surroundings at = surroundingsOf(picture, box.subgraph, muted);
    QString html = QStringLiteral("<p style='margin:0'><big>%1</big></p>")
                       .arg(breakable(picture.text(index).title));
    if (box.firstOp >= 0) {
        const auto& op = at.ops[size_t(box.lastOp)];
        if (op.output(0) >= 0)
            html += QStringLiteral("<span style='color:%1'>%2</span>")
                        .arg(muted, breakable(shortName(at.tensors[size_t(op.output(0))].name)));
        html += QStringLiteral("<p style='margin:4px 0 0 0'>%1: %2</p>")
                    .arg(breakable(info(metric).name), breakable(describe(metric, reading)));
    }
    if (box.kind == BoxKind::Input || box.kind == BoxKind::Output)
        return html + tensorHtml(at, box.tensor, box.kind == BoxKind::Output);
    if (box.block >= 0) return html + blockHtml(at, box, picture.drawn().blocks[size_t(box.block)]);
    return html + opHtml(at, box.firstOp, picture.layerAt({box.subgraph, box.firstOp}));
}

std::optional<OpPlace> placeOfLink(const QString& link) {
    bool isSubgraph = false, isOp = false;
    const OpPlace place{link.section(':', 0, 0).toInt(&isSubgraph),
                        link.section(':', 1).toInt(&isOp)};
    if (!isSubgraph || !isOp) return std::nullopt;
    return place;
}

}  // namespace views
