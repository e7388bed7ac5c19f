// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphPicture: the drawing of an evaluated model with what its boxes say: titles, shapes, figures
// of a metric, tool tips, and how boxes are linked. Immutable once built, but for the rows of
// subgraphs, which arrive later. Thread rules: the GUI thread only.

#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "types/called_subgraph.h"
#include "types/drawn_graph.h"
#include "types/evaluation.h"
#include "views/colors.h"
#include "views/models/graph_search.h"
#include "views/models/metric_choice.h"

namespace views {

struct BoxText {
    QString title;     ///< "#12 CONV_2D", "5 × 2 operators", "input"
    QString subtitle;  ///< "1×25×5×64", "DEPTHWISE_CONV_2D, CONV_2D"
    OpClass opClass = OpClass::Other;
};

class GraphPicture {
public:
    GraphPicture(types::EvaluationPtr evaluation, std::shared_ptr<const types::DrawnGraph> drawn);

    const types::EvaluationPtr& evaluation() const { return m_evaluation; }
    const types::Graph& graph() const { return *m_evaluation->graph; }
    const types::DrawnGraph& drawn() const { return *m_drawn; }
    const types::DrawnBox& box(int index) const { return m_drawn->boxes[size_t(index)]; }
    /// Made when it is first asked for: of a large picture only a part is ever read.
    const BoxText& text(int box) const;
    /// Shape and type of its tensor.
    QString lineText(const types::DrawnLine& line) const;

    /// Rows of the layers in called subgraphs.
    void setCalled(std::vector<types::CalledSubgraph> called) { m_called = std::move(called); }
    /// Null where the subgraph's rows are not known.
    const types::LayerEvaluation* layerAt(OpPlace place) const;
    /// The metric of each box: sums, but the largest of live bytes and the least of SQNR.
    std::vector<Reading> readings(const MetricChoice& choice) const;
    QString toolTip(int box, const Reading& reading, Metric metric) const;

    /// The box that shows an operator; -1: none.
    int boxOf(OpPlace place) const;
    /// The layer of the first subgraph that a box belongs to, the caller of a subgraph's operator;
    /// -1 for inputs, outputs and what nobody calls.
    int layerOf(int box) const;
    /// Boxes that this one reads, or that read it, from left to right.
    const std::vector<int>& sources(int box) const { return m_sources[size_t(box)]; }
    const std::vector<int>& readers(int box) const { return m_readers[size_t(box)]; }
    /// The nearest box of similar height to the left (-1) or right (1); -1: none.
    int beside(int box, int direction) const;

private:
    BoxText textOf(const types::DrawnBox& box) const;
    BoxText blockText(const types::DrawnBox& box) const;
    Reading readingOf(const types::DrawnBox& box, const MetricChoice& choice) const;
    const std::vector<types::Op>& opsOf(int subgraph) const;
    const std::vector<types::Tensor>& tensorsOf(int subgraph) const;
    void link();

    types::EvaluationPtr m_evaluation;
    std::shared_ptr<const types::DrawnGraph> m_drawn;
    std::vector<types::CalledSubgraph> m_called;
    mutable std::vector<std::optional<BoxText>> m_texts;
    std::vector<std::vector<int>> m_boxOfOp;  ///< by subgraph and operator
    std::vector<std::vector<int>> m_sources, m_readers;
    std::vector<int> m_byHeight;
};

using GraphPicturePtr = std::shared_ptr<GraphPicture>;

/// "1×25×5×64"
QString wideShape(const types::Shape& shape);

}  // namespace views
