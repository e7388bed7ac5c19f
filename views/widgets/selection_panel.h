// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SelectionPanel: what is known about the picked layer, as text that can be selected and copied.

#include <QTextBrowser>

#include "types/evaluation.h"
#include "views/models/selection.h"

namespace views {

class SelectionPanel : public QTextBrowser {
    Q_OBJECT

public:
    explicit SelectionPanel(Selection& selection, QWidget* parent = nullptr);

    void setEvaluation(types::EvaluationPtr evaluation);

protected:
    void changeEvent(QEvent* event) override;

private:
    void describe();

    Selection& m_selection;
    types::EvaluationPtr m_evaluation;
};

}  // namespace views
