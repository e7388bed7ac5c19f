// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitBadge: the use of one of the board's memories: "Flash 13 %", "SRAM 118 %, 23.0 KiB too much",
// "SRAM ≥ 11 %, not known to fit".
// Words carry the meaning; colour only repeats it. Where the model does not fit, a click requests
// the smallest change with which it does.

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

signals:
    /// Clicked while the model does not fit.
    void fitRequested();

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_memory, m_text;
    bool m_isPassed = false;
    bool m_isDoubtful = false;  ///< not known to fit, or not with every published build
};

}  // namespace views
