// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HeatLegend: the colours of a HeatScale as a bar between the values at its ends.

#include <QWidget>

#include "views/models/heat_scale.h"

namespace views {

class HeatLegend : public QWidget {
    Q_OBJECT

public:
    explicit HeatLegend(QWidget* parent = nullptr);

    /// `reason`: why no value is known, where the scale is empty.
    void setScale(const HeatScale& scale, const QString& reason);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString textOf(double value) const;

    HeatScale m_scale;
    QString m_reason;
};

}  // namespace views
