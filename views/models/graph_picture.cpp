// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/graph_picture.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "views/models/buffers_model.h"

namespace views {
namespace {

using types::BoxKind;
using types::DrawnBox;

QString inPicture(const char* text) {
    return QCoreApplication::translate("GraphPicture", text);
}

/// How the figures of several operators become one.
double joined(Metric metric, double sum, double next) {
    if (metric == Metric::LiveBytes) return std::max(sum, next);
    if (metric == Metric::SqnrDb) return std::min(sum, next);
    return sum + next;
}

/// Sums need every part; the largest or least of those that are known says enough.
bool needsEveryPart(Metric metric) {
    return metric != Metric::LiveBytes && metric != Metric::SqnrDb;
}

}  // namespace

QString wideShape(const types::Shape& shape) {
    return QString::fromStdString(types::shapeText(shape)).replace('x', QChar(0xd7));
}

GraphPicture::GraphPicture(types::EvaluationPtr evaluation,
                           std::shared_ptr<const types::DrawnGraph> drawn)
    : m_evaluation(std::move(evaluation)), m_drawn(std::move(drawn)) {
    m_boxOfOp.resize(graph().others.size() + 1);
    for (size_t subgraph = 0; subgraph < m_boxOfOp.size(); ++subgraph)
        m_boxOfOp[subgraph].assign(opsOf(int(subgraph)).size(), -1);
    for (size_t i = 0; i < m_drawn->boxes.size(); ++i) {
        const DrawnBox& box = m_drawn->boxes[i];
        for (int32_t op = box.firstOp; op >= 0 && op <= box.lastOp; ++op)
            m_boxOfOp[size_t(box.subgraph)][size_t(op)] = int(i);
    }
    m_texts.resize(m_drawn->boxes.size());
    link();
}

const BoxText& GraphPicture::text(int index) const {
    auto& text = m_texts[size_t(index)];
    if (!text) text = textOf(box(index));
    return *text;
}

void GraphPicture::link() {
    m_sources.resize(m_drawn->boxes.size());
    m_readers.resize(m_drawn->boxes.size());
    for (const types::DrawnLine& line : m_drawn->lines) {
        m_sources[size_t(line.to)].push_back(line.from);
        m_readers[size_t(line.from)].push_back(line.to);
    }
    const auto x = [this](int index) { return box(index).centre.x; };
    for (auto* links : {&m_sources, &m_readers})
        for (std::vector<int>& list : *links) {
            std::ranges::sort(list);
            list.erase(std::unique(list.begin(), list.end()), list.end());
            std::ranges::stable_sort(list, {}, x);
        }
    for (size_t i = 0; i < m_drawn->boxes.size(); ++i)
        m_byHeight.push_back(int(i));
    std::ranges::stable_sort(m_byHeight, {}, [this](int index) { return box(index).centre.y; });
}

const std::vector<types::Op>& GraphPicture::opsOf(int subgraph) const {
    return subgraph == 0 ? graph().ops : graph().others[size_t(subgraph) - 1].ops;
}

const std::vector<types::Tensor>& GraphPicture::tensorsOf(int subgraph) const {
    return subgraph == 0 ? graph().tensors : graph().others[size_t(subgraph) - 1].tensors;
}

BoxText GraphPicture::textOf(const DrawnBox& box) const {
    if (box.kind == BoxKind::Block || box.kind == BoxKind::Round) return blockText(box);
    if (box.kind != BoxKind::Operator) {
        const bool isInput = box.kind == BoxKind::Input;
        const types::Tensor* tensor =
            box.tensor < 0 ? nullptr : &tensorsOf(box.subgraph)[size_t(box.tensor)];
        return {isInput ? inPicture("input") : inPicture("output"),
                tensor ? shortName(tensor->name) : QString(), OpClass::Other};
    }
    const types::Op& op = opsOf(box.subgraph)[size_t(box.firstOp)];
    const int32_t output = op.output(0);
    return {QStringLiteral("#%1 %2").arg(box.firstOp).arg(QString::fromStdString(op.name())),
            output < 0 ? QString() : wideShape(tensorsOf(box.subgraph)[size_t(output)].shape),
            types::opTraits(op.kind).opClass};
}

BoxText GraphPicture::blockText(const DrawnBox& box) const {
    const types::RepeatedBlock& block = m_drawn->blocks[size_t(box.block)];
    QStringList names;
    for (int32_t op = box.firstOp; op < box.firstOp + block.length; ++op)
        names << QString::fromStdString(opsOf(box.subgraph)[size_t(op)].name());
    BoxText text;
    text.subtitle = names.join(", ");
    text.opClass = types::opTraits(opsOf(box.subgraph)[size_t(box.firstOp)].kind).opClass;
    if (box.kind == BoxKind::Round)
        text.title = inPicture("%1 of %2, %3 operators")
                         .arg((box.firstOp - block.first) / block.length + 1)
                         .arg(block.rounds)
                         .arg(block.length);
    else if (block.length == 1)
        text.title = inPicture("%1 × %2").arg(block.rounds).arg(names.front());
    else
        text.title = inPicture("%1 × %2 operators").arg(block.rounds).arg(block.length);
    if (block.length == 1) text.subtitle = inPicture("#%1 to #%2").arg(box.firstOp).arg(box.lastOp);
    return text;
}

QString GraphPicture::lineText(const types::DrawnLine& line) const {
    const auto& tensors = tensorsOf(box(line.from).subgraph);
    const types::Tensor& tensor = tensors[size_t(line.tensor)];
    return wideShape(tensor.shape) + ' ' + QString::fromStdString(types::dataTypeName(tensor.type));
}

const types::LayerEvaluation* GraphPicture::layerAt(OpPlace place) const {
    const std::vector<types::LayerEvaluation>* layers = nullptr;
    if (place.subgraph == 0) layers = &m_evaluation->layers;
    for (const types::CalledSubgraph& called : m_called)
        if (int(called.index) == place.subgraph) layers = &called.layers;
    const auto op = static_cast<size_t>(place.op);
    return layers && op < layers->size() ? &(*layers)[op] : nullptr;
}

Reading GraphPicture::readingOf(const DrawnBox& box, const MetricChoice& choice) const {
    Reading whole;
    const Metric metric = choice.metric();
    for (int32_t op = box.firstOp; op >= 0 && op <= box.lastOp; ++op) {
        const types::LayerEvaluation* layer = layerAt({box.subgraph, op});
        if (!layer) return {std::nullopt, std::nullopt, inPicture("not counted")};
        Reading next = choice.readingOf(*layer);
        if (!next.value) {
            whole.reason = next.reason;
            if (needsEveryPart(metric)) return {std::nullopt, std::nullopt, next.reason};
            continue;
        }
        if (box.firstOp == box.lastOp) return next;
        whole.value = whole.value ? joined(metric, *whole.value, *next.value) : *next.value;
    }
    return whole;
}

std::vector<Reading> GraphPicture::readings(const MetricChoice& choice) const {
    std::vector<Reading> all;
    all.reserve(m_drawn->boxes.size());
    for (const DrawnBox& box : m_drawn->boxes)
        all.push_back(readingOf(box, choice));
    return all;
}

QString GraphPicture::toolTip(int index, const Reading& reading, Metric metric) const {
    const DrawnBox& shown = box(index);
    QStringList lines{text(index).title};
    if (shown.firstOp >= 0) {
        const auto& op = opsOf(shown.subgraph)[size_t(shown.lastOp)];
        if (op.output(0) >= 0)
            lines << shortName(tensorsOf(shown.subgraph)[size_t(op.output(0))].name);
    } else if (shown.tensor >= 0) {
        lines << shortName(tensorsOf(shown.subgraph)[size_t(shown.tensor)].name);
    }
    lines << text(index).subtitle;
    if (shown.firstOp >= 0) lines << info(metric).name + ": " + describe(metric, reading);
    if (shown.block >= 0) lines << inPicture("Enter or a double click unfolds it");
    return lines.join('\n');
}

int GraphPicture::boxOf(OpPlace place) const {
    if (place.subgraph < 0 || size_t(place.subgraph) >= m_boxOfOp.size()) return -1;
    const auto& boxes = m_boxOfOp[size_t(place.subgraph)];
    return place.op >= 0 && size_t(place.op) < boxes.size() ? boxes[size_t(place.op)] : -1;
}

int GraphPicture::layerOf(int index) const {
    const DrawnBox* shown = &box(index);
    // Subgraphs may call themselves, so the way out has an end.
    for (size_t depth = 0; depth <= graph().others.size(); ++depth) {
        if (shown->subgraph == 0) return shown->firstOp;
        const auto frame = std::ranges::find_if(m_drawn->frames, [&](const auto& candidate) {
            return candidate.isSubgraph && candidate.subgraph == shown->subgraph;
        });
        if (frame == m_drawn->frames.end() || frame->callers.empty()) return -1;
        shown = &box(frame->callers.front());
    }
    return -1;
}

int GraphPicture::beside(int index, int direction) const {
    const DrawnBox& from = box(index);
    const auto y = [this](int candidate) { return box(candidate).centre.y; };
    const auto reach = from.height / 2;
    auto at = std::ranges::lower_bound(m_byHeight, from.centre.y - reach, {}, y);
    int best = -1;
    float least = 0;
    for (; at != m_byHeight.end() && y(*at) <= from.centre.y + reach; ++at) {
        const float distance = (box(*at).centre.x - from.centre.x) * float(direction);
        if (distance <= 0 || (best >= 0 && distance >= least)) continue;
        best = *at;
        least = distance;
    }
    return best;
}

}  // namespace views
