// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ArenaMap: the arena during the run of the model. Rectangles are buffers at their addresses over
// their lifetimes (hatched: scratch; lined: line buffers of a schedule, whose operators that run
// together have a bar below), coloured by the operator that writes them; above them the
// running total; the peak operator is marked; a line shows the board's space for the arena.

#include <QWidget>
#include <optional>

#include "types/evaluation.h"
#include "views/models/arena_layout.h"

namespace views {

class ArenaMap : public QWidget {
    Q_OBJECT

public:
    explicit ArenaMap(QWidget* parent = nullptr);

    /// `plan` belongs to the evaluation; both null: no open model.
    void setPlan(types::EvaluationPtr evaluation, const types::MemoryPlan* plan);
    void setSelectedLayers(const std::vector<int>& layers);
    void setDimmed(bool dimmed);
    /// The map reaches at least this address, so that two maps have one scale; 0: as it needs.
    void setLeastTop(int64_t bytes);
    const ArenaLayout& layoutOfMap() const { return m_layout; }

    QSize minimumSizeHint() const override { return {320, 240}; }

signals:
    /// `isAdding`: with Ctrl, the layer is added to the picked ones or removed.
    void layerClicked(int layer, bool isAdding);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void relayout();
    int64_t topBytes() const;
    QColor bufferColor(const types::PlannedBuffer& buffer) const;
    void paintMap(QPainter& painter) const;
    void paintAxes(QPainter& painter) const;
    void paintColumns(QPainter& painter) const;
    void paintBuffers(QPainter& painter) const;
    void paintBufferText(QPainter& painter, size_t buffer) const;
    void paintSelection(QPainter& painter) const;
    void paintTotals(QPainter& painter) const;
    /// What fits on the board, in at most half of the width; empty where it is unknown.
    QString limitText(const QFontMetrics& metrics) const;
    void paintLimit(QPainter& painter) const;
    /// Of the schedule that the shown plan belongs to.
    const std::vector<types::OperatorBand>& bands() const;
    const types::OperatorBand* bandAt(int op) const;
    void paintBands(QPainter& painter) const;

    types::EvaluationPtr m_evaluation;
    const types::MemoryPlan* m_plan = nullptr;
    ArenaLayout m_layout;
    std::vector<int> m_selected;
    int m_hovered = -1;
    bool m_dimmed = false;
    int64_t m_leastTop = 0;
};

}  // namespace views
