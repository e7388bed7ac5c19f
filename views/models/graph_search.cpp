// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/graph_search.h"

#include <algorithm>

namespace views {
namespace {

QString searchTextOf(const types::Op& op, const std::vector<types::Tensor>& tensors) {
    QString text = QString::fromStdString(op.name());
    for (const auto* list : {&op.outputs, &op.inputs})
        for (int32_t index : *list) {
            if (index < 0) continue;
            const types::Tensor& tensor = tensors[static_cast<size_t>(index)];
            text += ' ' + QString::fromStdString(tensor.name) + ' ' +
                    QString::fromStdString(types::shapeText(tensor.shape));
        }
    return text.toLower();
}

}  // namespace

GraphSearch::GraphSearch(const types::Graph& graph) {
    const auto add = [this](int subgraph, const std::vector<types::Op>& ops,
                            const std::vector<types::Tensor>& tensors) {
        for (size_t op = 0; op < ops.size(); ++op)
            m_entries.push_back({{subgraph, static_cast<int>(op)}, searchTextOf(ops[op], tensors)});
    };
    add(0, graph.ops, graph.tensors);
    for (size_t i = 0; i < graph.others.size(); ++i)
        if (graph.others[i].problem.empty())
            add(static_cast<int>(i) + 1, graph.others[i].ops, graph.others[i].tensors);
}

std::vector<OpPlace> GraphSearch::find(const QString& text) const {
    QStringList words = text.toLower().split(' ', Qt::SkipEmptyParts);
    // Shapes are typed with an x or with the sign for times.
    for (QString& word : words)
        word.replace(QChar(0xd7), 'x');
    std::vector<OpPlace> found;
    if (words.isEmpty()) return found;
    for (const Entry& entry : m_entries) {
        const bool matches = std::ranges::all_of(words, [&](const QString& word) {
            if (word.startsWith('#')) return word.mid(1) == QString::number(entry.place.op);
            return entry.text.contains(word);
        });
        if (matches) found.push_back(entry.place);
    }
    return found;
}

}  // namespace views
