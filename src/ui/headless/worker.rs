//! The tokio workers under the driver, and the gauge that tells whether they have anything left to do.
//! Here lives how tasks and subscriptions run and hand over what they produce; what is done with it lives in `driver.rs`.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use futures::Sink;
use futures::channel::mpsc::SendError;

/// How long a closing driver waits for work that cannot be interrupted (a blocking file call, say).
const CLOSING: Duration = Duration::from_secs(5);

/// The executor of a driver: a small tokio runtime whose tasks are counted while they have something to do.
pub(super) struct Worker {
    runtime: Option<tokio::runtime::Runtime>,
    gauge: Arc<Gauge>,
}

impl Worker {
    /// Starts the threads.
    pub(super) fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("skranke-headless")
            .enable_all()
            .build()?;
        Ok(Self { runtime: Some(runtime), gauge: Arc::default() })
    }

    /// The count of tasks that are about to run or running.
    pub(super) fn gauge(&self) -> Arc<Gauge> {
        Arc::clone(&self.gauge)
    }

    fn runtime(&self) -> &tokio::runtime::Runtime {
        // invariant: taken in `drop` alone
        #[allow(clippy::expect_used)]
        self.runtime.as_ref().expect("the workers run until they are dropped")
    }
}

impl iced_futures::Executor for Worker {
    fn new() -> Result<Self, io::Error> {
        Self::start()
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.runtime().spawn(Watched::new(future, self.gauge())));
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime().block_on(future)
    }

    fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let _entered = self.runtime().enter();
        f()
    }
}

impl Drop for Worker {
    /// Ends every task and waits for the threads. A runtime may not be dropped where an outer runtime runs, hence
    /// the thread; and it is waited for, so that files a task held open can be opened again at once.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            let closing = thread::Builder::new()
                .name("skranke-closing".to_owned())
                .spawn(move || runtime.shutdown_timeout(CLOSING));
            if let Ok(closing) = closing {
                drop(closing.join());
            }
        }
    }
}

/// Counts the tasks that are scheduled or running. At zero every task waits for something outside the process
/// (network, clock, a blocking call), so nothing more follows from what was done so far.
#[derive(Debug, Default)]
pub(super) struct Gauge {
    busy: Mutex<usize>,
    idle: Condvar,
}

impl Gauge {
    /// Waits until no task is scheduled or running; `false` when `limit` passed first.
    pub(super) fn wait_idle(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let mut busy = self.lock();
        while *busy > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            busy = self.idle.wait_timeout(busy, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn enter(&self) {
        *self.lock() += 1;
    }

    fn leave(&self) {
        let mut busy = self.lock();
        *busy = busy.saturating_sub(1);
        if *busy == 0 {
            self.idle.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const WAITING: u8 = 0;
const SCHEDULED: u8 = 1;
const ENDED: u8 = 2;

/// Wakes the task as tokio would, and counts it from then until it has been polled.
struct Bell {
    state: AtomicU8,
    tokio: Mutex<Option<Waker>>,
    gauge: Arc<Gauge>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.compare_exchange(WAITING, SCHEDULED, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            self.gauge.enter();
        }
        let tokio = self.tokio.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = tokio {
            waker.wake();
        }
    }
}

/// A task whose activity shows on the gauge.
struct Watched {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    bell: Arc<Bell>,
}

impl Watched {
    fn new(future: impl Future<Output = ()> + Send + 'static, gauge: Arc<Gauge>) -> Self {
        gauge.enter();
        let bell = Bell { state: AtomicU8::new(SCHEDULED), tokio: Mutex::new(None), gauge };
        Self { future: Box::pin(future), bell: Arc::new(bell) }
    }
}

impl Future for Watched {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let bell = Arc::clone(&self.bell);
        *bell.tokio.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        // The poll itself counts; only then is the wake-up that led here taken off, so that the gauge never dips.
        bell.gauge.enter();
        if bell.state.swap(WAITING, Ordering::AcqRel) == SCHEDULED {
            bell.gauge.leave();
        }
        let waker = Waker::from(Arc::clone(&bell));
        let poll = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        bell.gauge.leave();
        poll
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.bell.state.swap(ENDED, Ordering::AcqRel) == SCHEDULED {
            self.bell.gauge.leave();
        }
    }
}

/// The sending end of what tasks and subscriptions produce. The driver waits at the other end with a deadline and
/// without an executor of its own, so that it also works inside somebody else's runtime.
pub(super) struct Inbox<T>(mpsc::Sender<T>);

impl<T> Inbox<T> {
    /// Both ends.
    pub(super) fn open() -> (Self, mpsc::Receiver<T>) {
        let (sender, receiver) = mpsc::channel();
        (Self(sender), receiver)
    }
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Unpin for Inbox<T> {}

impl<T> Sink<T> for Inbox<T> {
    type Error = SendError;

    fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }

    fn start_send(self: Pin<&mut Self>, item: T) -> Result<(), SendError> {
        // The driver is gone when this fails, and nobody is left to be told.
        drop(self.0.send(item));
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced_futures::Executor as _;

    #[test]
    fn the_gauge_is_idle_while_a_task_waits_and_busy_until_its_answer_is_handled() {
        let worker = Worker::start().unwrap();
        let (question, mut asked) = tokio::sync::mpsc::unbounded_channel::<u32>();
        let (answer, answers) = mpsc::channel();
        worker.spawn(async move {
            while let Some(number) = asked.recv().await {
                tokio::task::yield_now().await;
                answer.send(number * 2).unwrap();
            }
        });
        for number in 0..200 {
            question.send(number).unwrap();
            assert!(worker.gauge().wait_idle(Duration::from_secs(10)));
            assert_eq!(answers.try_recv(), Ok(number * 2));
        }
    }

    #[test]
    fn a_task_that_never_rests_does_not_hold_the_driver_up() {
        let worker = Worker::start().unwrap();
        worker.spawn(async {
            loop {
                tokio::task::yield_now().await;
            }
        });
        assert!(!worker.gauge().wait_idle(Duration::from_millis(20)));
    }

    #[test]
    fn closing_ends_endless_tasks_even_inside_another_runtime() {
        struct Told(mpsc::Sender<()>);
        impl Drop for Told {
            fn drop(&mut self) {
                drop(self.0.send(()));
            }
        }
        let outer = tokio::runtime::Builder::new_current_thread().build().unwrap();
        outer.block_on(async {
            let worker = Worker::start().unwrap();
            let (sender, receiver) = mpsc::channel();
            let told = Told(sender);
            worker.spawn(async move {
                let _told = told;
                std::future::pending::<()>().await;
            });
            drop(worker);
            assert_eq!(receiver.try_recv(), Ok(()));
        });
    }
}
