// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ExportPage: the forms in which the shown model leaves the window, a card each.

#include <QWidget>
#include <vector>

#include "views/widgets/export_card.h"
#include "views/widgets/work_strip.h"

class QLabel;
class QVBoxLayout;

namespace views {

class ExportPage : public QWidget {
    Q_OBJECT

public:
    explicit ExportPage(QWidget* parent = nullptr);

    void setForms(const std::vector<ExportForm>& forms);
    /// What to know before the files are used; empty: nothing.
    void setWarning(const QString& warning);
    const std::vector<ExportCard*>& cards() const { return m_cards; }
    WorkStrip& strip() { return *m_strip; }

signals:
    /// The page came to the front and wants its forms.
    void formsRequested();
    void saveRequested(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLabel *m_empty, *m_warning;
    QVBoxLayout* m_column;
    std::vector<ExportCard*> m_cards;
    WorkStrip* m_strip;
};

}  // namespace views
