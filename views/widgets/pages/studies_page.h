// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StudiesPage: the studies at the left; the picked one at the right: its question, what it is asked
// of (boards predicted, sessions, a table), its chart, and below the findings and the table. The
// page asks for a study whenever the choice changes while it is visible; it computes nothing.

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

/// One of the list.
struct StudyEntry {
    QString id, title, question;
    bool drawsNetworks = false;  ///< predicts networks drawn at random, not given models
};

/// What the user wants to see.
struct StudyChoice {
    enum class Source { ThisBoard, AllBoards, Sessions, Table };

    QString id;
    Source source = Source::AllBoards;
    QString table;             ///< path; for Source::Table
    bool ofOpenModel = false;  ///< predict the shown model; else the reference models
    int networks = 50;         ///< drawn at random, of each search space
};

class StudiesPage : public QWidget {
    Q_OBJECT

public:
    explicit StudiesPage(std::vector<StudyEntry> entries, QWidget* parent = nullptr);

    const StudyChoice& choice() const { return m_choice; }
    /// Picks the study as a click would.
    void pick(const QString& id);
    /// As "Open table…" does.
    void openTable(const QString& path);
    void showStudy(const types::Study& study);
    void showProblem(const QString& text);
    /// What was shown rests on another board, model or session: asked anew once it is visible.
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
