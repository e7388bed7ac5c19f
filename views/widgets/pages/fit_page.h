// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitPage: fits a board's profile to measured layers. Above: the layers (sessions of the project,
// or a table with a filter), their board, and a prior. Below: predicted against measured,
// residuals, errors beside the rules of thumb, the layers to measure next, and the button that
// saves the profile. The page requests a fit; it computes nothing.

#include <QWidget>

#include "types/fit_report.h"
#include "types/session.h"
#include "views/models/study_table_model.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace views {

class BoardChooser;
class DataTable;
class LayerSourcesPanel;
class PointPlot;
class WorkStrip;

/// The fit that the user requests.
struct FitChoice {
    std::vector<types::SessionPtr> sessions;
    QString table, filter;         ///< path, empty: none; "board=STM32F446RE, op=conv2d"
    types::DevicePtr base, prior;  ///< prior may be null
};

class FitPage : public QWidget {
    Q_OBJECT

public:
    explicit FitPage(QWidget* parent = nullptr);

    void setDevices(std::vector<types::DevicePtr> devices);
    /// Only sessions with layers can be chosen.
    void setSessions(const std::vector<types::SessionPtr>& sessions);
    void chooseBase(const QString& id);
    FitChoice choice() const;

    void showReport(const types::FitReport& report);
    void showProblem(const QString& text);
    /// Result of saving the shown profile.
    void showNote(const QString& text);
    WorkStrip& strip() { return *m_strip; }

signals:
    void fitRequested(const views::FitChoice& choice);
    /// The user wants to save the shown report's profile.
    void saveRequested(const types::DevicePtr& profile);

private:
    QWidget* buildChoices();
    QWidget* buildBoards();
    QWidget* buildResult();
    QWidget* buildAdvice();
    void showAdvice();
    void takeBoardOf(const types::Session& session);
    void showAsk();

    std::vector<types::DevicePtr> m_devices;
    types::FitReport m_report;
    StudyTableModel m_errors, m_advice;

    LayerSourcesPanel* m_sources;
    QLabel *m_message, *m_summary, *m_note;
    BoardChooser *m_base, *m_prior;
    QComboBox* m_adviceKind;
    QPushButton *m_fit, *m_save;
    WorkStrip* m_strip;
    QStackedWidget* m_stack;
    PointPlot *m_scatter, *m_residuals;
    DataTable *m_errorTable, *m_adviceTable;
};

}  // namespace views
