// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphSearch: finds operators of a model and its subgraphs by words: "#12" (the index), parts of
// the operator's name, of its tensors' names, or of their shapes. All words must occur.

#include <QString>
#include <QStringList>
#include <vector>

#include "types/graph.h"

namespace views {

/// An operator of a subgraph of the file; 0: the first.
struct OpPlace {
    int subgraph = 0, op = -1;

    bool operator==(const OpPlace&) const = default;
};

class GraphSearch {
public:
    GraphSearch() = default;
    explicit GraphSearch(const types::Graph& graph);

    /// In the order of execution, subgraph by subgraph; nothing for a text without words.
    std::vector<OpPlace> find(const QString& text) const;

private:
    struct Entry {
        OpPlace place;
        QString text;
    };
    std::vector<Entry> m_entries;
};

}  // namespace views
