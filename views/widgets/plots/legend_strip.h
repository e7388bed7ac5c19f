// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LegendStrip: coloured squares with words, in one line; where not all fit, it ends with the number
// of the others, which the tool tip names.

#include <QWidget>
#include <vector>

#include "views/colors.h"

namespace views {

class LegendStrip : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    struct Item {
        QString name;
        QColor color;
    };

    void setItems(std::vector<Item> items);
    /// `withOriginal` adds the hair line of the original's value.
    void setClasses(const std::vector<OpClass>& classes, bool withOriginal);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int widthOf(const Item& item) const;
    size_t fitting(int width) const;

    std::vector<Item> m_items;
    bool m_withOriginal = false;
};

}  // namespace views
