// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SummaryCard: one quantity of the whole model as a button: title, value, change, a note and, where
// the board has a limit, a hair line filled in proportion. A click requests the page with details.

#include <QAbstractButton>

#include "views/models/card_content.h"

namespace views {

class SummaryCard : public QAbstractButton {
    Q_OBJECT

public:
    explicit SummaryCard(QWidget* parent = nullptr);

    void setContent(CardContent content);
    void setDimmed(bool dimmed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QFont valueFont() const;
    QFont smallFont() const;
    void paintGround(QPainter& painter) const;
    void paintLimit(QPainter& painter) const;

    CardContent m_content;
    bool m_dimmed = false;
};

}  // namespace views
