// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProfilesPage: how well a board's profile, as it stands, predicts what was measured on the board.
// Above: the profile, and a table of layers beside the sessions of the project. Below: predicted
// against measured, errors per operator, every layer, the rows of the profile, and what cannot be
// compared and why. The page requests a check whenever the choice changes while it is visible; it
// computes nothing.

#include <QWidget>

#include "types/profile_check.h"
#include "views/models/study_table_model.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTabWidget;

namespace views {

class BoardChooser;
class DataTable;
class PointPlot;
class WorkStrip;

/// The check that the user requests.
struct CheckChoice {
    types::DevicePtr device;
    QString table, filter;            ///< path, empty: none; "board=STM32F446RE, op=conv2d"
    bool unseenOnly = false;          ///< leave out layers that the profile was fitted to
    bool alsoNamelessBoards = false;  ///< also sessions that name no board
};

class ProfilesPage : public QWidget {
    Q_OBJECT

public:
    explicit ProfilesPage(QWidget* parent = nullptr);

    void setDevices(const std::vector<types::DevicePtr>& devices);
    void chooseDevice(const QString& id);
    /// Like the button.
    void openTable(const QString& path);
    CheckChoice choice() const;

    /// Sessions, models or profiles changed: requests the check again once visible.
    void setOutdated();
    void showCheck(const types::ProfileCheck& check);
    void showProblem(const QString& text);
    WorkStrip& strip() { return *m_strip; }

signals:
    void checkRequested(const views::CheckChoice& choice);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildChoices();
    QLayout* buildTable();
    QWidget* buildResult();
    DataTable* addTable(StudyTableModel& model, const QString& title, const QString& name);
    void chooseTable();
    void ask();

    QString m_tablePath;
    bool m_isStale = true;
    StudyTableModel m_errors, m_layers, m_rows, m_leftOut;

    BoardChooser* m_device;
    QLabel *m_source, *m_tableName, *m_message, *m_summary;
    QLineEdit* m_filter;
    QCheckBox *m_unseenOnly, *m_nameless;
    WorkStrip* m_strip;
    QStackedWidget* m_stack;
    QTabWidget* m_tabs;
    PointPlot *m_scatter, *m_residuals;
    DataTable *m_errorTable, *m_layerTable, *m_rowTable, *m_leftOutTable;
};

}  // namespace views
