// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SelectionPanel: the description of the picked layer, as text that can be selected and copied.

#include <QTextBrowser>

#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

namespace views {

class SelectionPanel : public QTextBrowser {
    Q_OBJECT

public:
    SelectionPanel(Selection& selection, EvaluationFeed& feed, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void describe();

    Selection& m_selection;
    EvaluationFeed& m_feed;
};

}  // namespace views
