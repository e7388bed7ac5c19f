// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionsPage: the measurement sessions of the project. With one picked it shows the session
// (session_detail.h), with two their comparison, the earlier one as baseline. The page emits
// requests for measuring, importing, comparing and deleting.

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <optional>

#include "views/models/comparison_model.h"
#include "views/models/selection.h"
#include "views/models/sessions_model.h"

class QCheckBox;

namespace views {

class DataTable;
class DifferencePlot;
class SessionDetail;

class SessionsPage : public QWidget {
    Q_OBJECT

public:
    explicit SessionsPage(Selection& selection, QWidget* parent = nullptr);

    void setSessions(std::vector<types::SessionPtr> sessions);
    /// Displays the result of compareRequested.
    void showComparison(const types::SessionComparison& comparison);
    void showRefusal(const QString& reason);
    /// Picks rows like a click; for scripts and pictures.
    void pick(const std::vector<int>& rows);

signals:
    /// The single picked session; null: none or several.
    void sessionPicked(types::SessionPtr session);
    void measureRequested();
    void importRequested();
    void deleteRequested(const std::vector<types::SessionPtr>& sessions);
    void compareRequested(types::SessionPtr baseline, types::SessionPtr candidate,
                          bool acceptOtherConditions);

private:
    QWidget* buildList();
    QWidget* buildEmpty();
    QWidget* buildTwo();
    void showPicked();
    void compare();

    Selection& m_selection;
    SessionsModel m_sessions;
    ComparisonModel m_comparison;
    std::vector<types::SessionPtr> m_picked;
    DataTable *m_list, *m_comparisonTable;
    QPushButton* m_delete;
    QStackedWidget* m_detail;
    SessionDetail* m_one;
    QLabel* m_verdict;
    DifferencePlot* m_differences;
    QCheckBox* m_accept;
};

}  // namespace views
