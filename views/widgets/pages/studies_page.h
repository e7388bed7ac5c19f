// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StudiesPage: the studies at the left; at the right the picked one: its question, its inputs
// (predicted boards, sessions, a table), its chart, and below the findings and the table. The page
// requests a study whenever the choice changes while it is visible; it computes nothing.

#include <QWidget>

#include "types/study.h"
#include "views/models/study_table_model.h"

class QComboBox;
class QLabel;
class QListWidget;
class QSpinBox;
class QStackedWidget;
class QTabWidget;
class QTextBrowser;

namespace views {

class DataTable;
class PointPlot;
class WorkStrip;

/// An entry of the list.
struct StudyEntry {
    QString id, title, question;
    bool drawsNetworks = false;  ///< predicts networks drawn at random, not given models
};

/// The study that the user requests.
struct StudyChoice {
    enum class Source { ThisBoard, AllBoards, Sessions, Table };

    QString id;
    Source source = Source::AllBoards;
    QString table;             ///< path; for Source::Table
    bool ofOpenModel = false;  ///< predict the shown model; else the reference models
    int networks = 50;         ///< drawn from each search space
};

class StudiesPage : public QWidget {
    Q_OBJECT

public:
    explicit StudiesPage(std::vector<StudyEntry> entries, QWidget* parent = nullptr);

    const StudyChoice& choice() const { return m_choice; }
    /// Picks the study like a click.
    void pick(const QString& id);
    /// Like "Open table…".
    void openTable(const QString& path);
    void showStudy(const types::Study& study);
    void showProblem(const QString& text);
    /// The shown study used another board, model or session: requests it again once visible.
    void setOutdated();
    WorkStrip& strip() { return *m_strip; }

signals:
    void studyRequested(const views::StudyChoice& choice);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildHeader();
    QLayout* buildChoices();
    QWidget* buildResult();
    QWidget* buildChart();
    QWidget* buildFindings();
    void addSource(const QString& text, StudyChoice::Source source);
    void choose();
    void chooseTable();
    void ask();
    void showChart();
    void showChoices(bool drawsNetworks);

    std::vector<StudyEntry> m_entries;
    StudyChoice m_choice;
    types::Study m_study;
    StudyTableModel m_model;
    bool m_isStale = true;

    QListWidget* m_list;
    QLabel *m_title, *m_question, *m_problem;
    QComboBox *m_source, *m_subject, *m_chart;
    QSpinBox* m_networks;
    WorkStrip* m_strip;
    QStackedWidget* m_stack;
    PointPlot* m_plot;
    QTabWidget* m_tabs;
    QTextBrowser* m_text;
    DataTable* m_table;
};

}  // namespace views
