// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitBadge: one of the board's memories in a few words: "Flash 13 %", "SRAM 118 %, 23.0 KiB too
// much". Words carry the meaning, colour only repeats it.

#include <QWidget>
#include <optional>

#include "types/evaluation.h"

namespace views {

class FitBadge : public QWidget {
    Q_OBJECT

public:
    FitBadge(const QString& memory, QWidget* parent = nullptr);

    void setBudget(const std::optional<types::Budget>& budget);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_memory, m_text;
    bool m_isPassed = false;
};

}  // namespace views
