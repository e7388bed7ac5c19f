// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VerdictLine: the verdict of the shown model, set larger than any figure, and in one line below it
// on what evidence; the tool tip holds all of it. Beside it stands what would make an unknown known
// or a model that does not fit fit.

#include <QLabel>
#include <QPushButton>

#include "types/model_verdict.h"

namespace views {

class VerdictLine : public QWidget {
    Q_OBJECT

public:
    explicit VerdictLine(QWidget* parent = nullptr);

    void setVerdict(const types::ModelVerdict& verdict, bool lacksData);
    void setDimmed(bool dimmed);
    QString sentence() const { return m_sentenceText; }

signals:
    void dataRequested();
    void fitRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elideEvidence();
    void setFonts();

    QLabel *m_sentence, *m_evidence;
    QPushButton *m_chooseData, *m_makeFit;
    QString m_sentenceText, m_evidenceText;
    types::Verdict m_room = types::Verdict::Unknown;
};

}  // namespace views
