// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MatrixDesk: measures and predicts the matrix that the window asks for, and shows the one that the
// project's sessions hold. Thread rules: the GUI thread only; the work runs in a Job, and each
// session goes to the SessionBook as soon as it is measured.

#include "app/explorer.h"
#include "types/cost_matrix.h"
#include "views/widgets/pages/matrix_page.h"

namespace app {

/// All words of each axis, and those that are picked at first.
views::MatrixChoice offeredCells();
views::MatrixChoice firstCells();

class MatrixDesk : public QObject {
    Q_OBJECT

public:
    explicit MatrixDesk(Explorer& explorer, QObject* parent = nullptr);

    void measure(const views::MatrixChoice& choice);
    Job& job() { return m_work; }

signals:
    void changed(const types::CostMatrix& matrix);
    void failed(const QString& message);

private:
    void showSessions();
    void show(types::CostMatrix matrix);

    Explorer& m_explorer;
    types::CostMatrix m_shown;
    Job m_work;
};

}  // namespace app
