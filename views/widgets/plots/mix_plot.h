// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixPlot: the instructions of a session's layers as bars stacked by class.

#include "views/models/mix_bars.h"
#include "views/widgets/plots/column_plot.h"

namespace views {

class MixPlot : public ColumnPlot {
    Q_OBJECT

public:
    explicit MixPlot(QWidget* parent = nullptr);

    void setBars(MixBars bars);
    const MixBars& bars() const { return m_bars; }

protected:
    void paintOver(QPainter& painter) override;

private:
    void paintBar(QPainter& painter, const MixBar& bar, const QRectF& column) const;

    MixBars m_bars;
};

}  // namespace views
