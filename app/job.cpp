// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/job.h"

#include <QElapsedTimer>
#include <memory>

namespace app {
namespace {

constexpr qint64 kProgressMs = 50;

}  // namespace

Job::Job(QObject* parent) : QObject(parent) {
    // Two threads, so that a new start need not wait until the replaced one has stopped.
    m_pool.setMaxThreadCount(2);
    connect(this, &Job::mailArrived, this, &Job::readMail, Qt::QueuedConnection);
}

Job::~Job() {
    m_stop.request_stop();
    m_pool.clear();
    m_pool.waitForDone();
}

quint64 Job::begin() {
    m_stop.request_stop();
    m_stop = std::stop_source();
    setRunning(true);
    return ++m_id;
}

void Job::cancel() {
    m_stop.request_stop();
    ++m_id;
    setRunning(false);
}

void Job::setRunning(bool isRunning) {
    if (isRunning == m_isRunning) return;
    m_isRunning = isRunning;
    emit runningChanged(isRunning);
}

types::Work Job::workOf(quint64 id) {
    auto sinceLast = std::make_shared<QElapsedTimer>();
    const auto report = [this, id, sinceLast](double share, const char* step) {
        if (sinceLast->isValid() && sinceLast->elapsed() < kProgressMs) return;
        sinceLast->start();
        const QString words = QString::fromUtf8(step);
        send([this, id, share, words] {
            if (id == m_id) emit progressed(share, words);
        });
    };
    return {m_stop.get_token(), report};
}

Job::Tell Job::tellOf(quint64 id) {
    return [this, id](Letter letter) {
        send([this, id, letter = std::move(letter)] {
            if (id == m_id) letter();
        });
    };
}

void Job::finishLater(quint64 id, Letter deliver) {
    send([this, id, deliver = std::move(deliver)] {
        if (id != m_id) return;
        setRunning(false);
        deliver();
    });
}

void Job::send(Letter letter) {
    // One signal for all waiting letters. Sent under the lock, so that workers signal one after
    // another.
    const std::lock_guard lock(m_mailMutex);
    m_mail.push_back(std::move(letter));
    if (m_mail.size() == 1) emit mailArrived({});
}

void Job::readMail() {
    std::vector<Letter> mail;
    {
        const std::lock_guard lock(m_mailMutex);
        mail.swap(m_mail);
    }
    for (const Letter& letter : mail)
        letter();
}

void JobSwitch::setPaused(bool isPaused) {
    {
        const std::lock_guard lock(m_mutex);
        m_isPaused = isPaused;
    }
    m_changed.notify_all();
}

void JobSwitch::finish() {
    {
        const std::lock_guard lock(m_mutex);
        m_isFinishing = true;
    }
    m_changed.notify_all();
}

bool JobSwitch::isPaused() const {
    const std::lock_guard lock(m_mutex);
    return m_isPaused && !m_isFinishing;
}

bool JobSwitch::isFinishAsked(std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, std::move(stop), [this] { return !m_isPaused || m_isFinishing; });
    return m_isFinishing;
}

}  // namespace app
