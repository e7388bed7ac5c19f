// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardsPage: which boards the shown model fits, as a table to search. It asks for its rows while
// it is in front, and shows those of before, dimmed, until they come.

#include <QWidget>

#include "views/models/boards_model.h"
#include "views/models/evaluation_feed.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace views {

class DataTable;

class BoardsPage : public QWidget {
    Q_OBJECT

public:
    explicit BoardsPage(EvaluationFeed& feed, QWidget* parent = nullptr);

    void setBoards(BoardRows boards, const QString& chosenId);
    /// The rows are no longer those of the shown model, or of the boards as they are.
    void setOutdated();
    DataTable& table() { return *m_table; }

signals:
    void boardsRequested();
    void boardChosen(const types::DevicePtr& device);
    void keptEdited(const types::DevicePtr& device, bool isFlash,
                    const types::ReservedMemory& line);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildFilters();
    void buildTable();
    void showChosen();
    void showCount();

    EvaluationFeed& m_feed;
    BoardRows m_boards;  ///< all, of which the model has those of the chosen kind
    QString m_chosenId;
    BoardsModel m_model;
    bool m_isOutdated = true;
    QLabel *m_sentence, *m_count;
    QLineEdit* m_search;
    QComboBox* m_kind;
    QCheckBox* m_onlyFitting;
    DataTable* m_table;
};

}  // namespace views
